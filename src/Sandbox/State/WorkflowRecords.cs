using System.Collections.Immutable;

namespace ReleaseDashboard.Sandbox.State;

/// <summary>A run of a workflow.</summary>
public sealed record WorkflowRun
{
    public required int Id { get; init; }

    /// <summary>Place among the runs of its workflow, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>How often it was started, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Number of the workflow.</summary>
    public required int Workflow { get; init; }

    public required string Path { get; init; }

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Event { get; init; }

    /// <summary>Branch or tag, without its prefix.</summary>
    public required string HeadBranch { get; init; }

    public required string HeadSha { get; init; }

    /// <summary>Check suite of its jobs.</summary>
    public required int Suite { get; init; }

    public string Status { get; init; } = "queued";

    public string? Conclusion { get; init; }

    public required string Actor { get; init; }

    /// <summary>Who started this attempt.</summary>
    public required string TriggeringActor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The pull request it belongs to, or null.</summary>
    public int? Pull { get; init; }

    /// <summary>Jobs of all attempts, oldest first.</summary>
    public ImmutableList<WorkflowJob> Jobs { get; init; } = [];

    /// <summary>The last job of each name.</summary>
    internal IEnumerable<WorkflowJob> LatestJobs => Jobs.GroupBy(job => job.Name).Select(jobs => jobs.Last());
}

/// <summary>A job of a run, in one attempt. Its check run has the same number.</summary>
public sealed record WorkflowJob
{
    public required int Id { get; init; }

    /// <summary>Key in the file; the jobs of one matrix share it.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required int Attempt { get; init; }

    public ImmutableList<string> Needs { get; init; } = [];

    /// <summary>Condition as the file has it, or null.</summary>
    public string? If { get; init; }

    /// <summary>Whether the condition holds as far as it is not about the jobs before.</summary>
    public bool Wanted { get; init; } = true;

    public ImmutableList<string> Labels { get; init; } = [];

    public string Status { get; init; } = "queued";

    public string? Conclusion { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a runner takes it; null while it waits for other jobs.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public ImmutableList<WorkflowStep> Steps { get; init; } = [];

    public required JobPlan Plan { get; init; }
}

/// <summary>A step of a job.</summary>
public sealed record WorkflowStep
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public string? Uses { get; init; }

    public string? Run { get; init; }

    public ImmutableSortedDictionary<string, string> With { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string Status { get; init; } = "queued";

    public string? Conclusion { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>How a job goes, decided by the script when the job is made.</summary>
/// <param name="Conclusion">How it ends, unless real work in it fails.</param>
/// <param name="FailingStep">Number of the step that is not carried out and makes that conclusion; 0 for none.</param>
/// <param name="QueuedMilliseconds">Until a runner takes it.</param>
/// <param name="RunMilliseconds">From then to its end, shared among its steps.</param>
/// <param name="Output">Lines that the failing step prints, or else the last step of the file.</param>
/// <param name="Annotation">A remark on a file.</param>
/// <param name="LeaveOut">Platforms, variants or files that real work leaves out without a word.</param>
/// <param name="Tamper">Whether real work publishes other bytes without a word.</param>
public sealed record JobPlan(
    string Conclusion, int FailingStep, int QueuedMilliseconds, int RunMilliseconds, ImmutableList<string> Output, Annotation? Annotation,
    ImmutableList<string> LeaveOut, bool Tamper = false);
