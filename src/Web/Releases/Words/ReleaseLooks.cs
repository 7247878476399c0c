using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Releases.Words;

/// <summary>How a release's state is said and coloured.</summary>
public static class ReleaseLooks
{
    public static (Tone Tone, string Text) Pill(ReleaseView view, Actor viewer) => view.Status switch
    {
        ReleaseStatus.Running => (Tone.Run, "Running"),
        ReleaseStatus.WaitingOutside => (Tone.Wait, $"Waiting: {Lower(view.Current.Title)}"),
        ReleaseStatus.NeedsPerson => (Rights.IsYours(viewer, view, view.Current) ? Tone.You : Tone.Wait, StepLooks.Say(view.Current, view, viewer)),
        ReleaseStatus.Failed when view.Current.Status == StepStatus.NeedsReconciliation => (Tone.Wait, "Needs reconciliation"),
        ReleaseStatus.Failed when view.Current is { Approval: not null, Error.Code: "rejected" } => (Tone.Fail, "Stopped: publication rejected"),
        ReleaseStatus.Failed when view.Current is { Approval: not null, Error.Code: "approval-lapsed" } => (Tone.Fail, "Stopped: not decided in time"),
        ReleaseStatus.Failed => (Tone.Fail, $"Stopped: {Lower(view.Current.Title)} failed"),
        ReleaseStatus.Published => (Tone.Done, "Published"),
        ReleaseStatus.Aborted => (Tone.Skip, "Aborted"),
        _ => throw new ArgumentOutOfRangeException(nameof(view), view.Status, null),
    };

    /// <summary>"● 1.2.0 Running · hello-wrapper": tells in a row of browser tabs which one needs somebody.</summary>
    public static string Title(ReleaseView view, Actor viewer)
    {
        var mark = view.Status switch
        {
            ReleaseStatus.Running or ReleaseStatus.WaitingOutside => "●",
            ReleaseStatus.NeedsPerson => "◆",
            ReleaseStatus.Failed => "✕",
            ReleaseStatus.Published => "✓",
            _ => "■",
        };
        return $"{mark} {view.Version} {Pill(view, viewer).Text} · {view.Project}";
    }

    /// <summary>A title in the middle of a sentence; "PyPI" and "GitHub release" keep their capitals.</summary>
    public static string Lower(string title) =>
        title.Length > 1 && char.IsUpper(title[0]) && !title.Split(' ')[0].Skip(1).Any(char.IsUpper) ? char.ToLowerInvariant(title[0]) + title[1..] : title;
}
