namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>What an index holds of the package.</summary>
/// <param name="Index">Name of the index.</param>
/// <param name="LatestVersion">The highest version with files; null when the index does not have the package.</param>
/// <param name="Files">The files of that version.</param>
/// <param name="Url">The index's JSON address of the package, for people and scripts.</param>
public sealed record PackageState(string Index, string? LatestVersion, IReadOnlyList<PublishedFile> Files, string Url);

/// <summary>A file on an index.</summary>
/// <param name="Kind"><c>source distribution</c>, <c>wheel</c>, or the file's ending.</param>
/// <param name="Size">Bytes, or null when the index does not tell.</param>
/// <param name="Sha256">64 hex digits, or null when the index does not tell.</param>
/// <param name="RequiresPython">Such as <c>&gt;=3.9</c>, or null.</param>
public sealed record PublishedFile(string Name, string Kind, long? Size, string? Sha256, string? RequiresPython, bool IsYanked);
