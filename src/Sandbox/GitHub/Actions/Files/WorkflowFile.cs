namespace ReleaseDashboard.Sandbox.GitHub.Actions.Files;

/// <summary>A workflow as its file describes it; only what the sandbox acts on.</summary>
/// <param name="Path">Place in the repository: <c>.github/workflows/release.yml</c>.</param>
/// <param name="Name">Name shown to people; the path when the file has none.</param>
/// <param name="RunName">Title of its runs, with expressions; null leaves it to the event.</param>
/// <param name="Triggers">What starts it.</param>
/// <param name="Jobs">Its jobs in the file's order, before the matrix.</param>
internal sealed record WorkflowFile(string Path, string Name, string? RunName, WorkflowTriggers Triggers, IReadOnlyList<JobDefinition> Jobs)
{
    /// <summary>Name of the file alone.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <param name="Key">Its key in the file.</param>
/// <param name="Name">Name with expressions; null for the key.</param>
/// <param name="Needs">Keys of jobs that come before.</param>
/// <param name="If">Condition, or null.</param>
/// <param name="Labels">Labels of the runner it wants, with expressions.</param>
/// <param name="Matrix">Its combinations; one empty one without a matrix.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record JobDefinition(
    string Key, string? Name, IReadOnlyList<string> Needs, string? If, IReadOnlyList<string> Labels,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Matrix, IReadOnlyList<StepDefinition> Steps);

/// <param name="Name">Name with expressions, or null.</param>
/// <param name="Uses">The action, or null.</param>
/// <param name="Run">The commands, or null.</param>
/// <param name="With">Inputs of the action, with expressions.</param>
internal sealed record StepDefinition(string? Name, string? Uses, string? Run, IReadOnlyDictionary<string, string> With)
{
    /// <summary>As GitHub names a step that has no name.</summary>
    public string Title => Name ?? "Run " + (Uses ?? Run?.Split('\n')[0] ?? "");
}
