using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>
/// What time makes of a run. Nothing here waits, works or is saved: from a run and the time comes the run as it is then. Times are
/// those of the plan and not of the clock that happened to look, so that steps take what they should.
/// </summary>
internal static class RunProgress
{
    private static readonly string[] Good = ["success", "skipped", "neutral"];

    /// <summary>Moves a run on as far as it goes without real work.</summary>
    public static WorkflowRun Advance(WorkflowRun run, DateTimeOffset now)
    {
        while (run.Status != "completed" && Next(run, now) is { } next)
            run = next;
        return run;
    }

    /// <summary>Whether a step is one that does real work and is not meant to fail.</summary>
    public static bool IsWork(WorkflowJob job, WorkflowStep step) =>
        step.Uses?.StartsWith("sandbox/", StringComparison.Ordinal) == true && job.Plan.FailingStep != step.Number;

    /// <summary>Ends a step; after a bad one the others of the job are skipped, but for the last.</summary>
    public static WorkflowJob EndStep(WorkflowJob job, WorkflowStep step, string conclusion, DateTimeOffset at)
    {
        var steps = job.Steps.Replace(step, step with { Status = "completed", Conclusion = conclusion, CompletedAt = at });
        var next = steps.FirstOrDefault(other => other.Status == "queued");
        var failed = steps.Any(other => other.Conclusion is not (null or "success" or "skipped"));
        while (failed && next is not null && next != steps[^1])
        {
            steps = steps.Replace(next, next with { Status = "completed", Conclusion = "skipped", StartedAt = at, CompletedAt = at });
            next = steps.FirstOrDefault(other => other.Status == "queued");
        }

        return next is not null
            ? job with { Steps = steps.Replace(next, next with { Status = "in_progress", StartedAt = at }) }
            : job with
            {
                Steps = steps,
                Status = "completed",
                Conclusion = steps.FirstOrDefault(other => other.Conclusion is not ("success" or "skipped"))?.Conclusion ?? "success",
                CompletedAt = at,
            };
    }

    /// <summary>Stops everything that is not over.</summary>
    public static WorkflowRun Cancel(WorkflowRun run, DateTimeOffset now)
    {
        var jobs = run.Jobs.ConvertAll(job => job.Status == "completed" ? job : job with
        {
            Status = "completed",
            Conclusion = "cancelled",
            StartedAt = job.StartedAt ?? now,
            CompletedAt = now,
            Steps = job.Steps.ConvertAll(step => step.Status == "completed" ? step : step with { Status = "completed", Conclusion = "cancelled", CompletedAt = now }),
        });
        return run with { Jobs = jobs, Status = "completed", Conclusion = "cancelled", UpdatedAt = now };
    }

    private static WorkflowRun? Next(WorkflowRun run, DateTimeOffset now)
    {
        foreach (var job in run.LatestJobs)
        {
            if (Next(run, job, now) is { } moved)
            {
                var at = moved.CompletedAt ?? moved.StartedAt ?? now;
                return run with { Jobs = run.Jobs.Replace(job, moved), Status = moved.Status == "queued" ? run.Status : "in_progress", UpdatedAt = at };
            }
        }

        var latest = run.LatestJobs.ToList();
        if (latest.Any(job => job.Status != "completed"))
            return null;
        var bad = latest.FirstOrDefault(job => !Good.Contains(job.Conclusion));
        return run with { Status = "completed", Conclusion = bad?.Conclusion ?? "success", UpdatedAt = latest.Max(job => job.CompletedAt) ?? now };
    }

    private static WorkflowJob? Next(WorkflowRun run, WorkflowJob job, DateTimeOffset now) => job switch
    {
        { Status: "completed" } => null,
        { Status: "queued", DueAt: null } => Ready(run, job),
        { Status: "queued" } => job.DueAt <= now ? Start(job) : null,
        _ => NextStep(job, now),
    };

    private static WorkflowJob? Ready(WorkflowRun run, WorkflowJob job)
    {
        var before = run.LatestJobs.Where(other => job.Needs.Contains(other.Key)).ToList();
        if (before.Any(other => other.Status != "completed"))
            return null;
        var since = before.Max(other => other.CompletedAt) ?? job.CreatedAt;
        if (since < job.CreatedAt)
            since = job.CreatedAt; // jobs of an earlier attempt
        var allGood = before.All(other => other.Conclusion == "success");
        var runs = job.Wanted && (allGood ? job.If?.Contains("failure()", StringComparison.Ordinal) != true || job.If.Contains("always()", StringComparison.Ordinal)
            : job.If is { } condition && (condition.Contains("always()", StringComparison.Ordinal) || condition.Contains("failure()", StringComparison.Ordinal)));
        return runs
            ? job with { DueAt = since.AddMilliseconds(job.Plan.QueuedMilliseconds) }
            : job with { Status = "completed", Conclusion = "skipped", StartedAt = since, CompletedAt = since };
    }

    private static WorkflowJob Start(WorkflowJob job) => job with
    {
        Status = "in_progress",
        StartedAt = job.DueAt,
        Steps = job.Steps.Replace(job.Steps[0], job.Steps[0] with { Status = "in_progress", StartedAt = job.DueAt }),
    };

    private static WorkflowJob? NextStep(WorkflowJob job, DateTimeOffset now)
    {
        var step = job.Steps.First(each => each.Status == "in_progress");
        var end = step.StartedAt!.Value.AddMilliseconds((double)job.Plan.RunMilliseconds / job.Steps.Count);
        if (end > now || IsWork(job, step) || (job.Plan.FailingStep == step.Number && job.Plan.Conclusion == WorkflowRule.NeverEnds))
            return null;
        return EndStep(job, step, job.Plan.FailingStep == step.Number ? job.Plan.Conclusion : "success", end);
    }
}
