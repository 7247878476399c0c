namespace ReleaseDashboard.Infrastructure.Preparation;

/// <summary>What a release starts from.</summary>
/// <param name="BaseCommit">Head of the development branch on the remote: 40 hex digits.</param>
/// <param name="LastVersion">The highest version whose tag dev or main holds; null for the first release.</param>
public sealed record PreparedBase(string BaseCommit, string? LastVersion);
