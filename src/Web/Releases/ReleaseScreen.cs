using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.Releases;

/// <summary>What the parts of the page show: one reading of the release. The page makes another when something changed.</summary>
/// <param name="Step">The step in the middle.</param>
/// <param name="Viewer">Who looks; without roles when nobody is signed in.</param>
/// <param name="Deciders">People who can decide on the shown approval.</param>
/// <param name="Events">Newest first.</param>
/// <param name="Act">Runs an action in the viewer's name and reads again; the answer is why it was refused, or null.</param>
public sealed record ReleaseScreen(
    ReleaseView View,
    StepView Step,
    StepDetails Details,
    Actor Viewer,
    IReadOnlyList<string> Deciders,
    IReadOnlyList<ReleaseEvent> Events,
    Func<Func<ReleaseActions, Actor, Task<ActionResult>>, Task<string?>> Act)
{
    /// <summary>The viewer as an approval judges the person; null when no approval is shown.</summary>
    public Core.Approvals.Signer? Self { get; init; }

    public bool IsCurrent => Step.Key == View.Current.Key;

    public bool IsOver => Core.Releases.ReleaseProgress.IsOver(View.Status);
}
