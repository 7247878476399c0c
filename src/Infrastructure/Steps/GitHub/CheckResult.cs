using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

internal enum CheckState
{
    Running,
    Passed,
    Failed,
}

/// <summary>A check run or a commit status, as one thing.</summary>
/// <param name="Word">GitHub's own word for how it stands.</param>
/// <param name="Run">The check run behind it; null for a status.</param>
internal sealed record CheckResult(string Name, CheckState State, string Word, string? Url, string? Description, GitHubCheckRun? Run)
{
    public static CheckResult Of(GitHubCheckRun run) => new(
        run.Name,
        run.Status != "completed" ? CheckState.Running : run.Conclusion is "success" or "neutral" or "skipped" ? CheckState.Passed : CheckState.Failed,
        run.Status != "completed" ? run.Status : run.Conclusion ?? "no conclusion",
        run.HtmlUrl ?? run.DetailsUrl,
        run.Output?.Title,
        run);

    public static CheckResult Of(GitHubStatus status) => new(
        status.Context,
        status.State switch
        {
            "success" => CheckState.Passed,
            "pending" => CheckState.Running,
            _ => CheckState.Failed,
        },
        status.State,
        status.TargetUrl,
        status.Description,
        null);
}
