namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>A file that readers of an index see.</summary>
/// <param name="Release">The release it belongs to.</param>
/// <param name="File">The file.</param>
/// <param name="Path">Where its bytes are.</param>
public sealed record ListedFile(IndexRelease Release, IndexFile File, string Path);
