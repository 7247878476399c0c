using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Components.Stages;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Components.Time;
using ReleaseStep = ReleaseDashboard.Infrastructure.Releases.Reading.StepView;
using Stage = ReleaseDashboard.Infrastructure.Releases.Reading.StageView;

namespace ReleaseDashboard.Web.Releases.Words;

/// <summary>A release as the track and the rail take it.</summary>
public static class ReleaseShapes
{
    // What a stage is called after, most pressing first.
    private static readonly StepStatus[] Pressing =
        [StepStatus.Failed, StepStatus.NeedsReconciliation, StepStatus.WaitingForPerson, StepStatus.Running, StepStatus.WaitingOutside];

    public static IReadOnlyList<Components.Stages.StageView> Track(ReleaseView view) => [.. view.Stages.Select(Segment)];

    public static IReadOnlyList<StageStepsView> Rail(ReleaseView view, Actor viewer) =>
        [.. view.Stages.Select(stage => new StageStepsView(stage.Title, [.. Parts(stage).Select(step => new Components.Stages.StepView(
            step.Title, step.Status.Glyph(), ReleaseUrls.Step(view.Id, step.Key), StepLooks.Note(step, view, viewer),
            // Once it has run, whether it had to is no longer of interest.
            step.Optional && step.Status == StepStatus.Pending))]))];

    /// <summary>From the begin of its first step to the end of its last, or null when nothing ran.</summary>
    public static TimeSpan? Took(Stage stage)
    {
        var begun = stage.Steps.Where(step => step is { StartedAt: not null, FinishedAt: not null }).ToList();
        return begun.Count == 0 ? null : begun.Max(step => step.FinishedAt!.Value) - begun.Min(step => step.StartedAt!.Value);
    }

    // What the project's settings left out from the start (nobody skipped it) is in the plan and the audit; here it is in the way.
    private static List<ReleaseStep> Parts(Stage stage)
    {
        var parts = stage.Steps.Where(step => step.Status != StepStatus.Skipped || step.SettledBy is not null).ToList();
        return parts.Count > 0 ? parts : [.. stage.Steps];
    }

    private static Components.Stages.StageView Segment(Stage whole)
    {
        var stage = whole with { Steps = Parts(whole) };
        var settled = stage.Steps.Count(step => StepTransitions.IsSettled(step.Status));
        var count = stage.Steps.Count;
        var steps = count == 1 ? "1 step" : $"{count} steps";
        var pressing = Pressing.Where(status => stage.Steps.Any(step => step.Status == status)).Select(status => (StepStatus?)status).FirstOrDefault();
        if (settled == count)
        {
            var state = stage.Steps.Any(step => step.Status == StepStatus.Succeeded) ? GlyphState.Done
                : stage.Steps.Any(step => step.Status == StepStatus.Cancelled) ? GlyphState.Aborted : GlyphState.Skipped;
            if (stage.Steps.Any(step => step.Status == StepStatus.Cancelled))
                state = GlyphState.Aborted;
            var fraction = state == GlyphState.Aborted ? (double)stage.Steps.Count(step => step.Status == StepStatus.Succeeded) / count : 1;
            return new(stage.Title, state, fraction, Took(stage) is { } took ? DurationText.Full(took) : state == GlyphState.Aborted ? "not done" : "left out");
        }
        return settled == 0 && pressing is null
            ? new(stage.Title, GlyphState.Todo, 0, steps)
            // A stage between two steps is as much under way as one in the middle of a step.
            : new(stage.Title, (pressing ?? StepStatus.Running).Glyph(), (settled + 0.35) / count, $"{settled} of {count}");
    }
}
