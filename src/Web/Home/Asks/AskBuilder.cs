using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Releases;

namespace ReleaseDashboard.Web.Home.Asks;

/// <summary>Finds in releases under way what waits for one person: approvals, checklist items, failed steps.</summary>
public static class AskBuilder
{
    /// <summary>What the person can do something about: own matters first, then by how long it has waited.</summary>
    public static IReadOnlyList<Ask> For(Actor actor, IEnumerable<ReleaseView> releases) =>
        [.. releases.SelectMany(release => release.Steps.Select(step => Of(actor, release, step))).OfType<Ask>()
            .OrderByDescending(ask => ask.IsYours).ThenBy(ask => ask.Since)];

    private static Ask? Of(Actor actor, ReleaseView release, StepView step) => step.Status switch
    {
        StepStatus.WaitingForPerson when step.Approval is { } approval => Approval(actor, release, step, approval),
        StepStatus.WaitingForPerson when step.Items.Count > 0 => Checklist(actor, release, step),
        StepStatus.Failed or StepStatus.NeedsReconciliation => Failure(actor, release, step),
        _ => null,
    };

    private static Ask? Approval(Actor actor, ReleaseView release, StepView step, ApprovalView approval)
    {
        if (Rights.WhyNotDecide(actor, release, approval) is not null)
            return null;
        var note = approval.Rule.Role is not { } role ? $"{approval.Rule.Words} must approve"
            : approval.Missing == 1 ? $"you or another {role} can approve" : $"{approval.Missing} of the role {role} must approve";
        return New(release, step, GlyphState.You, true, step.Title, Publication(step), $"{release.StartedBy} asks", note, step.StartedAt, "Review and approve");
    }

    private static AskDetail Publication(StepView step)
    {
        if (step.Evidence?["file"] is not { } file)
            return new AskDetail(step.Reason ?? "What would be published is shown on its page.");
        var index = Uri.TryCreate(step.Evidence["index"], UriKind.Absolute, out var address) ? $" to {address.Authority}" : "";
        var checks = step.Evidence["checks"] is { } passed ? $" Checks: {passed}." : "";
        return new AskDetail("Uploads ", file, $"{index}.{checks}");
    }

    private static Ask? Checklist(Actor actor, ReleaseView release, StepView step)
    {
        if (!actor.May(Permission.Tick, release.ProjectId))
            return null;
        var ticked = step.Items.Count(item => item.TickedBy is not null);
        var next = step.Items.FirstOrDefault(item => item.TickedBy is null);
        var title = next is null ? step.Title : $"Tick “{next.Text}”";
        return New(release, step, GlyphState.You, IsLead(actor, release), title,
            new AskDetail($"{ticked} of {step.Items.Count} ticked in {step.Title}. Each tick is kept with your name."),
            $"{release.Owner} leads it", "any maintainer or reviewer can tick", step.StartedAt, "Open checklist");
    }

    private static Ask? Failure(Actor actor, ReleaseView release, StepView step)
    {
        if (!actor.May(Permission.ActOnStep, release.ProjectId))
            return null;
        if (step is { Approval: not null, Error: { } undecided })
            return New(release, step, GlyphState.Failed, IsLead(actor, release), undecided.Code == "rejected" ? "The publication was rejected" : $"{step.Title}: not approved",
                new AskDetail($"{undecided.What} {undecided.Why}".Trim()), $"{release.StartedBy} started it", "any maintainer decides", step.FinishedAt ?? step.StartedAt, "See what to do");
        var (state, what) = step.Status == StepStatus.Failed
            ? (GlyphState.Failed, step.Attempts > 1 ? $"{step.Title} failed {step.Attempts} times" : $"{step.Title} failed")
            : (GlyphState.Reconcile, $"{step.Title} needs a look");
        var detail = step.Error?.What ?? step.Reason ?? "Its log says why.";
        return New(release, step, state, IsLead(actor, release), what, new AskDetail(detail + (step.Optional ? "" : " Required, so it cannot be left out.")),
            $"{release.StartedBy} started it", "any maintainer decides", step.FinishedAt ?? step.StartedAt, "See what to do");
    }

    private static bool IsLead(Actor actor, ReleaseView release) =>
        string.Equals(actor.Name, release.Owner, StringComparison.OrdinalIgnoreCase);

    private static Ask New(
        ReleaseView release, StepView step, GlyphState state, bool isYours, string title, AskDetail detail, string from, string note, DateTimeOffset? since, string action) =>
        new(release.Id, release.Project, release.Version, release.IsRehearsal, step.Key, state, isYours, title, detail, from, note, since ?? release.StartedAt, action);
}
