using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>A job is a check run of the same number; it follows the job.</summary>
internal static class JobChecks
{
    public static RepositoryState Follow(RepositoryState state, IEnumerable<WorkflowJob> jobs)
    {
        foreach (var job in jobs)
        {
            var check = state.CheckRuns.Single(found => found.Id == job.Id);
            var next = check with
            {
                Status = job.Status,
                Conclusion = job.Conclusion,
                // A queued one has a time as well, as at GitHub.
                StartedAt = job.StartedAt ?? job.CreatedAt,
                CompletedAt = job.CompletedAt,
                Annotations = job.Status == "completed" ? [.. Remarks(job)] : [],
            };
            state = state with { CheckRuns = state.CheckRuns.Replace(check, next) };
        }

        return state;
    }

    // GitHub remarks on the folder of the workflows when the job itself says nothing of a file.
    private static IEnumerable<Annotation> Remarks(WorkflowJob job)
    {
        if (job.Plan.Annotation is { } own)
            yield return own;
        else if (job.Conclusion is "failure" or "timed_out")
            yield return new Annotation(".github", 1, 1, "failure", "Process completed with exit code 1.");
    }
}
