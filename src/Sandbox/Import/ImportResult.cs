namespace ReleaseDashboard.Sandbox.Import;

/// <summary>What came of an import.</summary>
public abstract record ImportResult
{
    private ImportResult()
    {
    }

    /// <summary>The repository is in the sandbox.</summary>
    /// <param name="FullName"><c>OWNER/NAME</c>.</param>
    /// <param name="DefaultBranch">The source's own choice, or the first branch.</param>
    /// <param name="Submodules">Submodules of all branches.</param>
    /// <param name="Notes">What a person should know before a rehearsal.</param>
    public sealed record Imported(
        string FullName,
        string DefaultBranch,
        IReadOnlyList<string> Branches,
        IReadOnlyList<string> Tags,
        IReadOnlyList<ImportedSubmodule> Submodules,
        IReadOnlyList<string> Notes) : ImportResult;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Refused(string Reason) : ImportResult;
}

/// <summary>A submodule that an imported branch names.</summary>
/// <param name="Path">Folder in the repository.</param>
/// <param name="Url">Address as <c>.gitmodules</c> has it.</param>
/// <param name="FullName">Where a relative address leads to in the sandbox; null when it leads out of it.</param>
/// <param name="Present">Whether that repository is in the sandbox.</param>
public sealed record ImportedSubmodule(string Path, string Url, string? FullName, bool Present);
