using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>
/// What is asked for every step. Compiled once: preparing a query anew takes the mapper longer than the database takes to
/// answer it. A compiled query belongs to one database's model, so this is an object of the program and not static.
/// </summary>
internal sealed class EngineQueries
{
    /// <summary>The steps of a release that is not over; none when it is, or is not there.</summary>
    public Func<LedgerContext, Guid, IAsyncEnumerable<RunnableStep>> ActiveSteps { get; } = EF.CompileAsyncQuery(
        (LedgerContext db, Guid releaseId) => db.Steps.AsNoTracking().Where(step => step.ReleaseId == releaseId && step.Release!.ActiveKey != null)
            .OrderBy(step => step.Ordinal).Select(step => new RunnableStep(step.Key, step.Status, step.LeaseHolder, step.WakeAt)));

    /// <summary>The steps of a release in run order.</summary>
    public Func<LedgerContext, Guid, IAsyncEnumerable<RunnableStep>> Steps { get; } = EF.CompileAsyncQuery(
        (LedgerContext db, Guid releaseId) => db.Steps.AsNoTracking().Where(step => step.ReleaseId == releaseId)
            .OrderBy(step => step.Ordinal).Select(step => new RunnableStep(step.Key, step.Status, step.LeaseHolder, step.WakeAt)));

    /// <summary>The steps of a release in run order, with what they proved.</summary>
    public Func<LedgerContext, Guid, IAsyncEnumerable<ProvenStep>> ProvenSteps { get; } = EF.CompileAsyncQuery(
        (LedgerContext db, Guid releaseId) => db.Steps.AsNoTracking().Where(step => step.ReleaseId == releaseId)
            .OrderBy(step => step.Ordinal).Select(step => new ProvenStep(step.Key, step.Status, step.Evidence)));

    /// <summary>The step to take, tracked, or null.</summary>
    public Func<LedgerContext, Guid, string, CancellationToken, Task<StepToTake?>> ToTake { get; } = EF.CompileAsyncQuery(
        (LedgerContext db, Guid releaseId, string key, CancellationToken _) => db.Steps.AsTracking().Where(step => step.ReleaseId == releaseId && step.Key == key)
            .Select(step => new StepToTake(step.Release!, step)).FirstOrDefault());

    /// <summary>The attempt to end, tracked.</summary>
    public Func<LedgerContext, Guid, CancellationToken, Task<AttemptToEnd>> ToEnd { get; } = EF.CompileAsyncQuery(
        (LedgerContext db, Guid attemptId, CancellationToken _) => db.Attempts.AsTracking().Where(attempt => attempt.Id == attemptId)
            .Join(db.Steps, attempt => attempt.StepId, step => step.Id, (attempt, step) => new AttemptToEnd(step.Release!, step, attempt)).First());

    /// <summary>Whether this holder has the step with this fence.</summary>
    public Func<LedgerContext, Guid, long, string, CancellationToken, Task<bool>> IsHeld { get; } = EF.CompileAsyncQuery(
        (LedgerContext db, Guid stepId, long fence, string holder, CancellationToken _) =>
            db.Steps.Any(step => step.Id == stepId && step.Fence == fence && step.LeaseHolder == holder && step.Status == StepStatus.Running));
}

/// <summary>A step with what it proved.</summary>
internal sealed record ProvenStep(string Key, StepStatus Status, Evidence? Evidence);

/// <summary>A step before it is taken, and its release.</summary>
internal sealed record StepToTake(ReleaseRecord Release, StepRecord Step);

/// <summary>An attempt that ends, its step and its release.</summary>
internal sealed record AttemptToEnd(ReleaseRecord Release, StepRecord Step, AttemptRecord Attempt);
