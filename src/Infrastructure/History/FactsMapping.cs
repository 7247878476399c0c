using ReleaseDashboard.Core.History;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.History;

internal static class FactsMapping
{
    public static FinishedRelease ToRelease(this ReleaseFactsRecord facts, string project) => new(
        facts.ReleaseId, facts.ProjectId, project, facts.Version, facts.IsPublished, facts.IsRehearsal, facts.PlaybookName, facts.StartedBy, facts.ApprovedBy, facts.AbortReason,
        facts.StartedAt, facts.FinishedAt, Span(facts.LeadMilliseconds), Span(facts.PeopleMilliseconds), Span(facts.OutsideMilliseconds), facts.Failures, facts.Retries,
        facts.PackageBytes, facts.ImageBytes,
        [.. facts.Stages.Select(stage => new StageTime(stage.Stage, stage.Title, stage.StartedAt, stage.FinishedAt, Span(stage.PeopleMilliseconds)))],
        [.. facts.Steps.Select(step => new StepTrouble(step.Step, step.Title, step.Failures, step.Retries))]);

    private static TimeSpan Span(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
