namespace ReleaseDashboard.Core.Changelog;

/// <summary>A pull request that was merged.</summary>
/// <param name="Author">Login on the host; empty when the account is gone.</param>
public sealed record MergedPull(int Number, string Title, string Url, string Author, IReadOnlyList<string> Labels, DateTimeOffset MergedAt);
