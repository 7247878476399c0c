namespace ReleaseDashboard.Sandbox.Demo;

/// <summary>How a demo repository came to its newest state: <c>NAME.history.json</c>, oldest commit first.</summary>
/// <param name="Authors">Short names, and the names with address that commits carry.</param>
/// <param name="Branch">Branch of the newest commit.</param>
/// <param name="ReleaseBranch">Branch that releases are merged into; none when there is one branch only.</param>
/// <param name="Commits">The commits.</param>
/// <param name="ReleaseName">Name of its releases on GitHub, with <c>{version}</c>; the version alone without it.</param>
internal sealed record DemoHistory(
    IReadOnlyDictionary<string, string> Authors, string Branch, string? ReleaseBranch, IReadOnlyList<DemoCommit> Commits, string? ReleaseName = null);

/// <summary>One commit of a demo repository.</summary>
internal sealed record DemoCommit
{
    /// <summary>Name that another repository pins this commit by.</summary>
    public string? Id { get; init; }

    /// <summary>Short name of the author.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Version whose release this commit merges into the release branch; it then changes no file, and is tagged.</summary>
    public string? Release { get; init; }

    public string? Subject { get; init; }

    /// <summary>Files that exist since this commit.</summary>
    public IReadOnlyList<string> Adds { get; init; } = [];

    public IReadOnlyList<DemoEdit> Edits { get; init; } = [];

    /// <summary>Submodule folders, and the <see cref="Id"/> each is pinned at from now on.</summary>
    public IReadOnlyDictionary<string, string> Pins { get; init; } = new Dictionary<string, string>();
}

/// <summary>A change within a file.</summary>
/// <param name="After">Text that stands in the file once after the commit.</param>
/// <param name="Before">Text that stood in its place.</param>
internal sealed record DemoEdit(string File, string After, string Before);

/// <summary>A commit with everything it holds.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Files">Text of each file by path.</param>
/// <param name="Pins">Submodule folders, and the id each is pinned at.</param>
internal sealed record DemoState(DemoCommit Commit, IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Pins);
