using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.Releases.Words;

/// <summary>How a step's stored state is shown: the one place where it becomes a glyph and a few words.</summary>
public static class StepLooks
{
    public static GlyphState Glyph(this StepStatus status) => status switch
    {
        StepStatus.Pending => GlyphState.Todo,
        StepStatus.Running => GlyphState.Running,
        StepStatus.WaitingOutside => GlyphState.Waiting,
        StepStatus.WaitingForPerson => GlyphState.You,
        StepStatus.Succeeded => GlyphState.Done,
        StepStatus.Failed => GlyphState.Failed,
        StepStatus.NeedsReconciliation => GlyphState.Reconcile,
        StepStatus.Skipped => GlyphState.Skipped,
        StepStatus.Cancelled => GlyphState.Aborted,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>What stands at the right of the step in the rail; null for nothing.</summary>
    public static string? Note(StepView step, ReleaseView view, Actor viewer) => step.Status switch
    {
        StepStatus.Succeeded => Took(step) is { } took ? DurationText.Brief(took) : null,
        StepStatus.Pending => step.Expected is { } expected ? $"~{DurationText.Brief(expected)}" : null,
        StepStatus.WaitingForPerson => Rights.IsYours(viewer, view, step) ? "you" : step.Approval?.Rule.Role ?? "a person",
        StepStatus.Running => "now",
        StepStatus.WaitingOutside => "waiting",
        StepStatus.Failed => "failed",
        StepStatus.NeedsReconciliation => "look",
        StepStatus.Skipped => "left out",
        StepStatus.Cancelled => "not done",
        _ => null,
    };

    public static TimeSpan? Took(StepView step) => step is { StartedAt: { } from, FinishedAt: { } to } ? to - from : null;

    /// <summary>The state as a heading's pill says it.</summary>
    public static string Say(StepView step, ReleaseView view, Actor viewer) => step.Status switch
    {
        StepStatus.Pending => "Not begun",
        StepStatus.Running => "Running",
        StepStatus.WaitingOutside => "Waiting",
        StepStatus.WaitingForPerson when Rights.IsYours(viewer, view, step) => step.Approval is null ? "Waiting for you" : "Waiting for your approval",
        StepStatus.WaitingForPerson => step.Approval switch
        {
            null => "Waiting for a person",
            { Rule.Role: { } role } => $"Waiting for a {role}",
            _ => "Waiting for approvals",
        },
        StepStatus.Succeeded => step.SettledBy is { } who ? $"Done by hand by {who}" : step.Approval is null ? "Done" : "Approved",
        StepStatus.Failed => step switch
        {
            { Approval: null } => "Failed",
            { Error.Code: "rejected" } => "Rejected",
            { Error.Code: "approval-lapsed" } => "Not decided in time",
            _ => "Stopped",
        },
        StepStatus.NeedsReconciliation => "Needs reconciliation",
        StepStatus.Skipped => "Left out",
        StepStatus.Cancelled => "Not done: the release was aborted",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Status, null),
    };
}
