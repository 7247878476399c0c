using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Components.Stages;
using StepView = ReleaseDashboard.Infrastructure.Releases.Reading.StepView;

namespace ReleaseDashboard.Web.Releases.Words;

/// <summary>Audit entries of one release, as people tell them.</summary>
public static class TimelineWords
{
    public static TimelineEntry Of(ReleaseEvent entry, ReleaseView view)
    {
        var person = entry.ActorKind is "person" or "token" ? entry.Actor : null;
        return new TimelineEntry(entry.At, person, Text(entry, view));
    }

    public static string Text(ReleaseEvent entry, ReleaseView view)
    {
        var step = view.Steps.FirstOrDefault(step => step.Key == entry.Subject.Split('/')[0]);
        var title = step?.Title ?? entry.Subject;
        return entry.Action switch
        {
            "release.start" => "started the release",
            "release.cancel" => "aborted the release",
            "release.publish" => $"{view.Version} is out",
            "step.succeed" => $"{title}: done",
            "step.fail" => $"{title}: failed",
            "step.reconcile" => $"{title}: needs reconciliation",
            "step.wait" => $"{title}: waiting",
            "step.takeover" => $"{title}: taken over from a worker that was gone",
            "step.retry" => $"tried {Quote(title)} again",
            "step.fix" => $"corrected the inputs of {Quote(title)}",
            "step.skip" => $"left {Quote(title)} out",
            "step.mark-done" => $"marked {Quote(title)} as done by hand",
            "checklist.tick" => $"ticked {Item(entry, step)}",
            "checklist.untick" => $"took back the tick at {Item(entry, step)}",
            "approval.approve" => "approved the publication",
            "approval.reject" => "rejected the publication",
            "approval.ask" => $"{title}: people were asked",
            "approval.remind" => $"{title}: people were reminded",
            "approval.void" => $"{title}: the approval became void",
            "approval.lapse" => $"{title}: not decided in time",
            "notes.save" => "edited the notes",
            "notes.generate" => "GitHub's notes were kept",
            "release.hand_over" => "handed the release over",
            "freeze.override" => "let the release pass a freeze",
            "comment.add" => $"wrote about {Quote(title)}",
            _ => $"{entry.Action}: {title}",
        };
    }

    private static string Item(ReleaseEvent entry, StepView? step) =>
        entry.Subject.Split('/', 2) is [_, var id] && step?.Items.FirstOrDefault(item => item.Id == id) is { } found ? Quote(found.Text) : Quote(entry.Subject);

    private static string Quote(string text) => $"“{text}”";
}
