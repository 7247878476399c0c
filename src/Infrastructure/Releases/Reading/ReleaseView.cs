using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Freezes;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>A release as one screen or one API answer shows it.</summary>
public sealed record ReleaseView(
    Guid Id,
    Guid ProjectId,
    string Project,
    string Repository,
    string Version,
    ReleaseStatus Status,
    bool IsRehearsal,
    string PlaybookName,
    int PlaybookRevision,
    string Owner,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? AbortReason,
    string BaseCommit,
    string PlanDigest,
    ProjectSettings Settings,
    IReadOnlyList<StageView> Stages)
{
    /// <summary>The version released before, or null for the first.</summary>
    public string? LastVersion { get; init; }

    /// <summary>What keeps it from publishing now, or will; empty when it is over.</summary>
    public IReadOnlyList<ReleaseFreeze> Freezes { get; init; } = [];

    public IEnumerable<StepView> Steps => Stages.SelectMany(stage => stage.Steps);

    /// <summary>
    /// The step that the screen shows first: the one that needs a decision, then one that needs a person, then a running
    /// one, then a waiting one, then the next; the last one when all is over.
    /// </summary>
    public StepView Current =>
        First(StepStatus.Failed, StepStatus.NeedsReconciliation) ?? First(StepStatus.WaitingForPerson) ?? First(StepStatus.Running)
        ?? First(StepStatus.WaitingOutside) ?? First(StepStatus.Pending) ?? Steps.Last(step => step.Status != StepStatus.Skipped);

    /// <summary>Time that machines still need, by earlier runs; null when nothing is known. Waiting for people is not in it.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            var open = Steps.Where(step => !StepTransitions.IsSettled(step.Status) && step.Effect != StepEffect.Person).ToList();
            return open.Count == 0 || open.All(step => step.Expected is null)
                ? null
                : open.Aggregate(TimeSpan.Zero, (sum, step) => sum + (step.Expected ?? TimeSpan.Zero));
        }
    }

    /// <summary>The first value that a done step proved under this name, latest step first.</summary>
    public EvidenceItem? Find(string name) => Steps.Reverse()
        .Where(step => step.Status == StepStatus.Succeeded)
        .Select(step => step.Evidence?.Items.FirstOrDefault(item => item.Name == name))
        .FirstOrDefault(item => item is not null);

    private StepView? First(params ReadOnlySpan<StepStatus> statuses)
    {
        foreach (var step in Steps)
        {
            if (statuses.Contains(step.Status))
                return step;
        }
        return null;
    }
}

/// <summary>A stage and its steps.</summary>
public sealed record StageView(string Id, string Title, IReadOnlyList<StepView> Steps);

/// <summary>A step with all that its panel shows.</summary>
/// <param name="Instructions">Markdown, references filled in as far as they are known.</param>
/// <param name="Reason">What it waits for, or why it was left out.</param>
/// <param name="Expected">How long it usually takes: the median of this project's earlier runs, else the playbook's figure.</param>
/// <param name="AttemptId">The last attempt, whose log is shown; null before the first.</param>
/// <param name="Inputs">Inputs as resolved now, for the plan and for Fix and resume.</param>
/// <param name="Choices">What a maintainer may do now.</param>
public sealed record StepView(
    string Key,
    string Title,
    string Kind,
    StepEffect Effect,
    bool Permanent,
    bool Optional,
    string Instructions,
    StepStatus Status,
    string? Reason,
    string? SettledBy,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    TimeSpan? Expected,
    int Attempts,
    Guid? AttemptId,
    Evidence? Evidence,
    StepError? Error,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyList<ChecklistItemView> Items,
    ApprovalView? Approval,
    IReadOnlyList<CommentView> Comments,
    IReadOnlyList<StepChoice> Choices);

/// <summary>What a maintainer may do with a step now.</summary>
public enum StepChoice
{
    Retry,
    FixAndResume,
    Skip,
    MarkDone,
}

/// <summary>An item of a checklist and who ticked it.</summary>
/// <param name="DiffPaths">Paths whose changes since the last release are shown beside it.</param>
public sealed record ChecklistItemView(string Id, string Text, string? Link, IReadOnlyList<string> DiffPaths, string? TickedBy, DateTimeOffset? TickedAt);

/// <summary>A remark on a step.</summary>
/// <param name="Answers">The comment it answers, or null.</param>
/// <param name="Mentions">Sign-in names of people it mentions.</param>
public sealed record CommentView(Guid Id, string By, DateTimeOffset At, string Text, bool IsQuestion, Guid? Answers, IReadOnlyList<string> Mentions);

/// <summary>A release in a list.</summary>
/// <param name="CurrentStep">Title of the step it stands at; null when it is over.</param>
/// <param name="StagesDone">Seconds spent by stage title, in order, for the lead-time bar.</param>
public sealed record ReleaseSummary(
    Guid Id,
    string Project,
    string Version,
    ReleaseStatus Status,
    bool IsRehearsal,
    string PlaybookName,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? AbortReason,
    string? CurrentStep,
    string? CurrentStepKey,
    string? CurrentReason,
    IReadOnlyList<StageProgress> Stages,
    IReadOnlyList<string> ApprovedBy,
    int FailedAttempts);

/// <summary>How far a stage is and how long it took.</summary>
public sealed record StageProgress(string Title, int Settled, int Total, TimeSpan Elapsed, bool NeedsPerson, bool Failed, bool Running);
