using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.Releases;

/// <summary>
/// Why a person cannot do something, in words for beside the button; null when the person can. The actions check again
/// themselves: this only spares people a refusal.
/// </summary>
public static class Rights
{
    public static string? WhyNotMaintain(Actor viewer, ReleaseView view) => WhyNotSignedIn(viewer)
        ?? (viewer.May(Permission.ActOnStep, view.ProjectId) ? null : $"Only maintainers can do this; you are signed in as {viewer.Name}.");

    public static string? WhyNotTick(Actor viewer, ReleaseView view) => WhyNotSignedIn(viewer)
        ?? (viewer.May(Permission.Tick, view.ProjectId) ? null : $"Maintainers and reviewers tick; you are signed in as {viewer.Name}.");

    public static string? WhyNotComment(Actor viewer, ReleaseView view) => WhyNotSignedIn(viewer)
        ?? (viewer.May(Permission.Comment, view.ProjectId) ? null : "You may not comment here.");

    public static string? WhyNotDecide(Actor viewer, ReleaseView view, ApprovalView approval) => WhyNotDecide(viewer, Signer.Of(viewer, view.ProjectId), view, approval);

    /// <param name="person">The viewer as the ledger knows the person: groups, GitHub login, e-mail.</param>
    public static string? WhyNotDecide(Actor viewer, Signer person, ReleaseView view, ApprovalView approval)
    {
        if (WhyNotSignedIn(viewer) is { } reason)
            return reason;
        if (!viewer.May(Permission.Decide, view.ProjectId))
            return "You cannot decide in this project.";
        if (approval.Policy(view.StartedBy).WhyNot(person) is { } refused)
            return string.Equals(viewer.Name, view.StartedBy, StringComparison.OrdinalIgnoreCase) && approval.Rule.NotStarter
                ? $"You started this release, so {(approval.Rule.Role is { } role ? $"another {role}" : "somebody else")} must decide."
                : refused;
        return approval.Decisions.Any(own => string.Equals(own.By, viewer.Name, StringComparison.OrdinalIgnoreCase) && approval.Counts(own))
            ? "You have decided already; another person must decide too."
            : null;
    }

    public static string? WhyNotHandOver(Actor viewer, ReleaseView view) => WhyNotSignedIn(viewer)
        ?? (viewer.May(Permission.HandOver, view.ProjectId) ? null : $"Only maintainers can do this; you are signed in as {viewer.Name}.");

    public static string? WhyNotOverrideFreeze(Actor viewer, ReleaseView view) => WhyNotSignedIn(viewer)
        ?? (viewer.May(Permission.OverrideFreeze, view.ProjectId) ? null : "Only an administrator can let this release pass.");

    /// <summary>Whether the step waits for exactly this person.</summary>
    public static bool IsYours(Actor viewer, ReleaseView view, StepView step) => step.Status switch
    {
        StepStatus.Failed or StepStatus.NeedsReconciliation => WhyNotMaintain(viewer, view) is null,
        StepStatus.WaitingForPerson when step.Approval is { } approval => WhyNotDecide(viewer, view, approval) is null,
        StepStatus.WaitingForPerson => WhyNotTick(viewer, view) is null,
        _ => false,
    };

    private static string? WhyNotSignedIn(Actor viewer) => viewer.Roles == Roles.None && viewer.ProjectRoles.Count == 0 ? "Sign in to do this." : null;
}
