using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>One try at a step, for its history.</summary>
public sealed record AttemptView(
    Guid Id, int Number, string Worker, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, AttemptOutcome? Outcome, StepError? Error);

/// <summary>What the panel of one step shows beside <see cref="StepView"/>.</summary>
/// <param name="NextLook">When a worker looks again by itself; null when only an event or a person wakes the step.</param>
/// <param name="Attempts">Newest first, bounded.</param>
public sealed record StepDetails(DateTimeOffset? NextLook, IReadOnlyList<AttemptView> Attempts)
{
    public static StepDetails None { get; } = new(null, []);
}

/// <summary>Something that happened in a release, as the audit trail has it.</summary>
public sealed record ReleaseEvent(long Sequence, DateTimeOffset At, string ActorKind, string Actor, string Action, string Subject);

/// <summary>Reads what only the page of one release shows. Every answer is bounded.</summary>
public sealed class ReleaseDetails(LedgerStore ledger)
{
    private const int MaximumAttempts = 20;

    // What machines do all the time says nothing to people: the result of each step is in the list anyway.
    private static readonly string[] Noise = ["step.start", "step.ask", "step.give-back", "release.abort"];

    public async Task<StepDetails> StepAsync(Guid releaseId, string key, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var step = await db.Steps.Where(step => step.ReleaseId == releaseId && step.Key == key)
            .Select(step => new { step.Id, step.WakeAt }).FirstOrDefaultAsync(cancellationToken);
        if (step is null)
            return StepDetails.None;
        var attempts = await db.Attempts.Where(attempt => attempt.StepId == step.Id)
            .OrderByDescending(attempt => attempt.Number).Take(MaximumAttempts).ToListAsync(cancellationToken);
        return new StepDetails(step.WakeAt, [.. attempts.Select(attempt =>
            new AttemptView(attempt.Id, attempt.Number, attempt.Worker, attempt.StartedAt, attempt.FinishedAt, attempt.Outcome, attempt.Error))]);
    }

    /// <summary>What happened in the release, newest first.</summary>
    public async Task<IReadOnlyList<ReleaseEvent>> TimelineAsync(Guid releaseId, int count, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Audit.Where(entry => entry.ReleaseId == releaseId && !Noise.Contains(entry.Action))
            .OrderByDescending(entry => entry.Sequence).Take(count)
            .Select(entry => new ReleaseEvent(entry.Sequence, entry.At, entry.ActorKind, entry.ActorName, entry.Action, entry.Subject))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Whether the attempt belongs to the release.</summary>
    public async Task<bool> HasAttemptAsync(Guid releaseId, Guid attemptId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Attempts.AnyAsync(attempt => attempt.Id == attemptId && attempt.ReleaseId == releaseId, cancellationToken);
    }

    /// <summary>The latest release of this version of the project, or null.</summary>
    public async Task<Guid?> LatestAsync(string project, string version, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Releases.Where(release => release.Project!.Name == project && release.Version == version)
            .OrderByDescending(release => release.StartedAt).Select(release => (Guid?)release.Id).FirstOrDefaultAsync(cancellationToken);
    }
}
