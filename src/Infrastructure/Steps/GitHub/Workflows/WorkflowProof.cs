using System.Globalization;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

/// <summary>What a run shows of itself.</summary>
internal static class WorkflowProof
{
    public static Evidence Of(GitHubWorkflowRun run, IReadOnlyList<GitHubJob> jobs) => Evidence.Of(
    [
        new EvidenceItem("run", EvidenceKind.Text, run.Id.ToString(CultureInfo.InvariantCulture), run.HtmlUrl),
        new EvidenceItem("url", EvidenceKind.Link, run.HtmlUrl, run.HtmlUrl),
        new EvidenceItem("head", EvidenceKind.Commit, run.HeadSha),
        // The names come from the repository: without the prefix a job could be named like an output.
        .. jobs.Select(job => new EvidenceItem($"job: {job.Name}", EvidenceKind.Check, Word(job), job.HtmlUrl)),
    ]);

    /// <summary>How far it is: <c>2 of 4 jobs done, running build (alpine): Push</c>.</summary>
    public static string Progress(GitHubWorkflowRun run, IReadOnlyList<GitHubJob> jobs)
    {
        if (run.Status == "waiting")
            return "Waits for an approval on GitHub";
        if (jobs.Count == 0)
            return $"The run is {Plain(run.Status ?? "queued")}";
        var done = jobs.Count(job => job.Status == "completed");
        var running = jobs.FirstOrDefault(job => job.Status == "in_progress");
        var step = running?.Steps?.FirstOrDefault(each => each.Status == "in_progress")?.Name;
        return $"{done} of {jobs.Count} jobs done" + (running is null ? "" : $", running {running.Name}") + (step is null ? "" : $": {step}");
    }

    private static string Word(GitHubJob job) => Plain(job.Status == "completed" ? job.Conclusion ?? "no conclusion" : job.Status);

    private static string Plain(string word) => word.Replace('_', ' ');
}
