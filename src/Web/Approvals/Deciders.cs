using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.Approvals;

/// <summary>Who can decide on an approval that a page shows.</summary>
public sealed class Deciders(ProjectPeople people)
{
    /// <summary>Sign-in names, by name; empty when the step is no approval.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(ReleaseView view, StepView step, CancellationToken cancellationToken)
    {
        if (step.Approval is not { } approval)
            return [];
        var policy = approval.Policy(view.StartedBy);
        return [.. (await people.ListAsync(view.ProjectId, cancellationToken)).Where(person => policy.WhyNot(person) is null).Select(person => person.Name)];
    }

    /// <summary>The viewer as the ledger knows the person; null when nothing asks for it.</summary>
    public async Task<Signer?> SelfAsync(Actor viewer, ReleaseView view, StepView step, CancellationToken cancellationToken) =>
        step.Approval is null || viewer.Roles == Roles.None ? null : await people.FindAsync(viewer, view.ProjectId, cancellationToken);
}
