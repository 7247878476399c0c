namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>A version of a project on an index, as it is stored: one JSON document.</summary>
/// <param name="Project">Name of the project as first uploaded.</param>
/// <param name="Version">Version as uploaded.</param>
/// <param name="Metadata">Core metadata by the names the upload API uses (<c>summary</c>, <c>requires_dist</c> ...).</param>
/// <param name="Files">Files in order of upload, deleted ones included: their names stay taken.</param>
public sealed record IndexRelease(
    string Project, string Version, IReadOnlyDictionary<string, IReadOnlyList<string>> Metadata, IReadOnlyList<IndexFile> Files)
{
    /// <summary>The first value of a metadata field.</summary>
    public string? Field(string name) => Metadata.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;
}

/// <summary>A distribution file on an index. Its bytes never change.</summary>
public sealed record IndexFile
{
    public required string FileName { get; init; }

    /// <summary><c>sdist</c> or <c>bdist_wheel</c>.</summary>
    public required string PackageType { get; init; }

    /// <summary><c>source</c>, or the Python tag of a wheel.</summary>
    public required string PythonVersion { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Hexadecimal, lower case, as are the other digests.</summary>
    public required string Sha256 { get; init; }

    public required string Md5 { get; init; }

    public required string Blake2b256 { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    public string? RequiresPython { get; init; }

    public bool Yanked { get; init; }

    public string? YankedReason { get; init; }

    /// <summary>The bytes are gone, the name stays taken.</summary>
    public bool Deleted { get; init; }

    /// <summary>It came with the sandbox (demo, wheel folder); nobody uploaded it, so it is no effect.</summary>
    public bool Seeded { get; init; }
}
