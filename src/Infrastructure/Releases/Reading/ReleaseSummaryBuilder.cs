using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

internal static class ReleaseSummaryBuilder
{
    private static readonly StepStatus[] Attention =
        [StepStatus.Failed, StepStatus.NeedsReconciliation, StepStatus.WaitingForPerson, StepStatus.Running, StepStatus.WaitingOutside, StepStatus.Pending];

    public static ReleaseSummary Build(ReleaseRecord release, ReleaseSnapshot snapshot, IReadOnlyList<string> approvedBy, int failures)
    {
        var byKey = release.Steps.ToDictionary(step => step.Key);
        var shown = release.Steps.ToDictionary(step => step.Key, step => ShownStatus.Of(step, snapshot.Playbook.FindStep(step.Key)!.Effect));
        var current = ReleaseProgress.IsOver(release.Status)
            ? null
            : release.Steps.OrderBy(step => Array.IndexOf(Attention, shown[step.Key]) is var rank and >= 0 ? rank : int.MaxValue).ThenBy(step => step.Ordinal)
                .FirstOrDefault(step => !StepTransitions.IsSettled(step.Status));
        return new ReleaseSummary(
            release.Id, release.Project!.Name, release.Version, ShownStatus.Of(release.Status, shown.Values), release.IsRehearsal, release.PlaybookName, release.StartedBy, release.StartedAt,
            release.FinishedAt, release.AbortReason, current is null ? null : snapshot.Playbook.FindStep(current.Key)?.Title, current?.Key, current?.Error?.What ?? current?.Reason,
            [.. snapshot.Playbook.Stages.Select(stage => Stage(stage, byKey, shown))], approvedBy, failures);
    }

    /// <summary>Of a release that is over: every step is settled, and its facts say the rest.</summary>
    public static ReleaseSummary Build(ReleaseFactsRecord facts, string project, IReadOnlyList<StageOutline> stages)
    {
        // A playbook's text that cannot be read any more leaves the stages that began.
        if (stages.Count == 0)
            stages = [.. facts.Stages.Select(stage => new StageOutline(stage.Stage, stage.Title, 0))];
        var times = facts.Stages.ToDictionary(stage => stage.Stage, stage => stage.FinishedAt - stage.StartedAt);
        return new ReleaseSummary(
            facts.ReleaseId, project, facts.Version, facts.IsPublished ? ReleaseStatus.Published : ReleaseStatus.Aborted, facts.IsRehearsal, facts.PlaybookName, facts.StartedBy, facts.StartedAt,
            facts.FinishedAt, facts.AbortReason, CurrentStep: null, CurrentStepKey: null, CurrentReason: null,
            [.. stages.Select(stage => new StageProgress(stage.Title, stage.Steps, stage.Steps, times.GetValueOrDefault(stage.Id), NeedsPerson: false, Failed: false, Running: false))],
            facts.ApprovedBy, facts.Failures);
    }

    private static StageProgress Stage(StageDefinition stage, Dictionary<string, StepRecord> byKey, Dictionary<string, StepStatus> shown)
    {
        var steps = stage.Steps.Select(step => byKey[step.Id]).ToList();
        var begun = steps.Where(step => step.StartedAt is not null).ToList();
        var elapsed = begun.Count == 0
            ? TimeSpan.Zero
            : begun.Max(step => step.FinishedAt ?? step.StartedAt!.Value) - begun.Min(step => step.StartedAt!.Value);
        return new StageProgress(
            stage.Title, steps.Count(step => StepTransitions.IsSettled(step.Status)), steps.Count, elapsed,
            steps.Exists(step => shown[step.Key] == StepStatus.WaitingForPerson),
            steps.Exists(step => step.Status is StepStatus.Failed or StepStatus.NeedsReconciliation),
            steps.Exists(step => shown[step.Key] is StepStatus.Running or StepStatus.WaitingOutside));
    }
}
