using System.Globalization;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

/// <summary>Why following a workflow stops, in words for the person at the screen.</summary>
internal static class WorkflowErrors
{
    private const int MostLines = 40;

    /// <param name="waited">How long one was waited for.</param>
    public static StepError NoRun(WorkflowTarget target, string trigger, TimeSpan waited) => new(
        "no-run",
        $"No run of {target.Workflow} has started in {target.Repository} within {Span(waited)}.",
        trigger switch
        {
            "push" => $"Pushing {target.Ref ?? "the commit"} started none: the workflow may not listen to it, or Actions are off.",
            "pull_request" => "The pull request started none: the workflow may not listen to it, or Actions are off.",
            _ => $"None has {target.Ref} in its title.",
        },
        $"See the Actions page of {target.Repository}. Start the workflow there{(target.Ref is null ? "" : $" for {target.Ref}")} or repair it, then retry: the run is found by its commit and tag, and waited for anew.");

    public static StepError OtherCommit(WorkflowTarget target, GitHubWorkflowRun run) => new(
        "run-of-other-commit",
        $"The run of {target.Workflow} for {target.Ref} is not of the commit that is released.",
        $"It ran for {run.HeadSha}; {target.Commit} is released.",
        $"See {run.HtmlUrl} and find out who moved {target.Ref}. Put it back, or abort.");

    public static StepError Red(GitHubWorkflowRun run, GitHubJob? job, string log) => new(
        "workflow-failed",
        job is null ? $"The workflow {run.Name} ended as {Plain(run.Conclusion)}." : $"The job {job.Name} of {run.Name} ended as {Plain(job.Conclusion)}.",
        job?.Steps?.FirstOrDefault(step => step.Conclusion is not (null or "success" or "skipped")) is { } step ? $"Its step {step.Name} did not pass." : "",
        $"See {job?.HtmlUrl ?? run.HtmlUrl}. {WayOn(run)}",
        [.. log.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).TakeLast(MostLines)]);

    private static string WayOn(GitHubWorkflowRun run) => run.Event == "pull_request"
        ? "Run the failed jobs again there if they failed by chance, then retry; otherwise repair what they found."
        : "Run the failed jobs again there, then retry: the same run is followed. If the workflow itself has to be repaired, repair it, start it there by hand with the same tag, then retry: the new run is followed.";

    private static string Span(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min");

    private static string Plain(string? word) => (word ?? "unknown").Replace('_', ' ');
}
