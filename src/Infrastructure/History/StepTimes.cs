using ReleaseDashboard.Core.History;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>Joins the ledger's rows of a release with its playbook's skeleton.</summary>
internal static class StepTimes
{
    public static IReadOnlyList<StepTime> Of(IReadOnlyList<OutlineStep> outline, IReadOnlyList<StepRecord> steps, IEnumerable<AttemptRecord> attempts)
    {
        var byKey = outline.ToDictionary(step => step.Id);
        var byStep = attempts.ToLookup(attempt => attempt.StepId);
        return [.. steps.OrderBy(step => step.Ordinal).Select(step =>
        {
            // A playbook that cannot be read any more leaves the keys.
            var known = byKey.GetValueOrDefault(step.Key) ?? new OutlineStep(step.Key, step.Key, "", 1, "release", "Release");
            return new StepTime(
                step.Key, known.Title, known.Stage, known.StageTitle, known.Kind, known.Tries, step.StartedAt, step.FinishedAt,
                [.. byStep[step.Id].OrderBy(attempt => attempt.Number)
                    .Select(attempt => new AttemptTime(attempt.Number, attempt.StartedAt, attempt.FinishedAt, End(attempt.Outcome), attempt.Error?.What))]);
        })];
    }

    private static AttemptEnd End(AttemptOutcome? outcome) => outcome switch
    {
        null or AttemptOutcome.Waiting => AttemptEnd.Open,
        AttemptOutcome.Succeeded or AttemptOutcome.AlreadyDone => AttemptEnd.Done,
        AttemptOutcome.Failed or AttemptOutcome.NeedsReconciliation => AttemptEnd.Failed,
        AttemptOutcome.Lost => AttemptEnd.Lost,
        AttemptOutcome.Cancelled => AttemptEnd.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
