using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

/// <summary>Which workflow, in which repository, and what its run belongs to.</summary>
/// <param name="Repository">The project's own, or another one.</param>
/// <param name="Workflow">Its file name: <c>release.yml</c>.</param>
/// <param name="Commit">The commit that is released.</param>
/// <param name="Ref">The tag or branch that is released.</param>
internal sealed record WorkflowTarget(RepositoryName Repository, string Workflow, CommitSha? Commit, string? Ref)
{
    public static IReadOnlyList<InputDescription> Inputs { get; } =
    [
        new("workflow", ValueKind.Text, "File name of the workflow", Required: true),
        new("repository", ValueKind.Text, "OWNER/NAME it runs in; without it the project's repository"),
        new("commit", ValueKind.Text, "The commit that is released"),
        new("ref", ValueKind.Text, "The tag or branch that is released"),
    ];

    public static Result<WorkflowTarget, StepError> Read(StepContext context, GitHubSession session)
    {
        var workflow = context.Inputs.Required("workflow");
        // It becomes a segment of an address: a path would reach another call.
        if (workflow.Contains('/', StringComparison.Ordinal) || workflow is "." or "..")
            return new StepError("bad-workflow", $"'{workflow}' is not the file name of a workflow.", "A name such as release.yml is expected.", "Correct it in the project's settings, or with Fix and resume.");
        var repository = session.Name;
        if (context.Inputs.Text("repository") is { } other && !RepositoryName.TryParse(other, out repository))
            return GitHubStepErrors.NoRepository(other);
        var commit = context.Inputs.Text("commit") is { } text ? CommitSha.Parse(text) : null;
        return new WorkflowTarget(repository!, workflow, commit, context.Inputs.Text("ref"));
    }

    /// <summary>Whether a run that was started by hand or by dispatch is this release's: its title names the tag, and no other commit.</summary>
    public bool IsNamedBy(GitHubWorkflowRun run) =>
        Ref is { } name && Words(run.DisplayTitle).Contains(name, StringComparer.Ordinal)
        && Words(run.DisplayTitle).Where(IsSha).All(sha => Commit is null || Commit.Value.StartsWith(sha, StringComparison.Ordinal));

    // 1.2.0 must not be found in 1.2.0b1 or in 11.2.0.
    private static string[] Words(string title) =>
        title.Split([' ', ',', ';', ':', '(', ')', '[', ']', '@', '"', '\''], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsSha(string word) => word.Length is >= 7 and <= 64 && word.All(char.IsAsciiHexDigitLower) && word.Any(char.IsAsciiDigit) && !long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
