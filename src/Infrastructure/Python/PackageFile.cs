namespace ReleaseDashboard.Infrastructure.Python;

/// <summary>A file on an index.</summary>
/// <param name="Sha256">64 hexadecimal digits in lower case; null when the index does not tell.</param>
/// <param name="Size">Bytes; null when the index does not tell.</param>
/// <param name="RequiresPython">Such as <c>&gt;=3.9</c>; null when the index does not tell.</param>
/// <param name="Yanked">Withdrawn: installed only when asked for by exact version.</param>
public sealed record PackageFile(string FileName, Uri Url, string? Sha256, long? Size, bool Yanked, string? YankedReason = null, string? RequiresPython = null);

/// <summary>One version of a project on an index, with its files.</summary>
public sealed record PackageVersion(string Name, string Version, IReadOnlyList<PackageFile> Files);

/// <summary>A project on an index.</summary>
/// <param name="Versions">As the index lists them; empty when it does not.</param>
public sealed record PackageProject(string Name, IReadOnlyList<string> Versions, IReadOnlyList<PackageFile> Files);
