using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

/// <summary>Why following a workflow stops, in words for the person at the screen.</summary>
internal static class WorkflowErrors
{
    private const int MostLines = 40;

    public static StepError NoRun(WorkflowTarget target, string trigger) => new(
        "no-run",
        $"No run of {target.Workflow} was found in {target.Repository}.",
        trigger switch
        {
            "push" => $"Pushing {target.Ref ?? "the commit"} started none: the workflow may not listen to it, or Actions are off.",
            "pull_request" => "The pull request started none: the workflow may not listen to it, or Actions are off.",
            _ => $"None has {target.Ref} in its title.",
        },
        "See the repository's Actions page. Start the workflow there or repair it, then retry.");

    public static StepError OtherCommit(WorkflowTarget target, GitHubWorkflowRun run) => new(
        "run-of-other-commit",
        $"The run of {target.Workflow} for {target.Ref} is not of the commit that is released.",
        $"It ran for {run.HeadSha}; {target.Commit} is released.",
        $"See {run.HtmlUrl} and find out who moved {target.Ref}. Put it back, or abort.");

    public static StepError Red(GitHubWorkflowRun run, GitHubJob? job, string log) => new(
        "workflow-failed",
        job is null ? $"The workflow {run.Name} ended as {Plain(run.Conclusion)}." : $"The job {job.Name} of {run.Name} ended as {Plain(job.Conclusion)}.",
        job?.Steps?.FirstOrDefault(step => step.Conclusion is not (null or "success" or "skipped")) is { } step ? $"Its step {step.Name} did not pass." : "",
        $"See {job?.HtmlUrl ?? run.HtmlUrl}. Run the failed jobs again there if they failed by chance, then retry; otherwise repair what they found.",
        [.. log.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).TakeLast(MostLines)]);

    private static string Plain(string? word) => (word ?? "unknown").Replace('_', ' ');
}
