using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Runs one step by the protocol: intent, observe, act, verify, outcome.</summary>
internal sealed partial class StepRunner(
    LedgerStore ledger,
    EngineQueries queries,
    StepLedger claims,
    OutcomeWriter outcomes,
    StepCatalogue catalogue,
    StepContexts contexts,
    Orphans orphans,
    PublicationGate gate,
    ChangeFeed changes,
    CrashPoint crash,
    WorkerIdentity worker,
    WorkerOptions options,
    TimeProvider time,
    ILogger<StepRunner> logger)
{
    /// <summary>Takes and runs the step.</summary>
    /// <param name="stopping">The process stops: the attempt is given back, another worker or the next start goes on.</param>
    /// <returns>How the release stands right after this step, or null when that must be asked: the step was not taken, or was lost.</returns>
    public async Task<IReadOnlyList<RunnableStep>?> RunAsync(Guid releaseId, string key, CancellationToken stopping)
    {
        crash.Reach(key, CrashPoint.BeforeIntent);
        if (await claims.ClaimAsync(releaseId, key, stopping) is not { } claim)
            return null;
        crash.Reach(key, CrashPoint.AfterIntent);

        StepOutcome? outcome;
        await using (var lease = new Lease(ledger, queries, changes, claim, worker, options.Heartbeat, time))
        {
            outcome = await RunAsync(claim, lease, stopping);
        }
        if (outcome is null)
        {
            Log.LeaseLost(logger, claim.Key, claim.ReleaseId, claim.Fence);
            return null;
        }
        crash.Reach(key, CrashPoint.AfterVerify);
        // A verified effect is recorded even while the process stops.
        var steps = await outcomes.CommitAsync(claim, outcome, CancellationToken.None);
        if (steps is null)
            Log.StaleFence(logger, claim.Key, claim.ReleaseId, claim.Fence);
        crash.Reach(key, CrashPoint.AfterCommit);
        return steps;
    }

    /// <returns>The outcome, or null when the lease was lost.</returns>
    private async Task<StepOutcome?> RunAsync(Claim claim, Lease lease, CancellationToken stopping)
    {
        var definition = claim.Snapshot.Playbook.FindStep(claim.Key)!;
        using var limit = new CancellationTokenSource(definition.Timeout ?? Timeout.InfiniteTimeSpan, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, stopping, limit.Token);
        try
        {
            await using var scope = await contexts.OpenAsync(claim, linked.Token);
            try
            {
                await orphans.EndAsync(claim, scope.Log, linked.Token);
                return scope.Hide(await ProtocolAsync(claim, definition, scope.Context, lease, linked.Token));
            }
            catch (SecretRefusedException refused)
            {
                return Failed(definition, claim, refused.Error);
            }
            catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
            {
                scope.Log.Write("Stopped: this step is no longer this worker's.");
                return null;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                scope.Log.Write("Stopped: the worker shuts down. The step is given back and goes on where it was.");
                return new StepOutcome(StepEvent.Release, AttemptOutcome.Lost);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                return Failed(definition, claim, StepErrors.TimedOut(definition));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // As text, because its message may quote a secret that this attempt was given.
                Log.UnexpectedInStep(logger, claim.Key, claim.ReleaseId, scope.Hide(exception.ToString()));
                return Failed(definition, claim, StepErrors.Unexpected(exception));
            }
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            return lease.Lost.IsCancellationRequested ? null : new StepOutcome(StepEvent.Release, AttemptOutcome.Lost);
        }
        catch (Exception exception)
        {
            // A bug or a broken disk. The person at the screen still gets a choice, and the details are in the server's log.
            Log.Unexpected(logger, exception, claim.Key, claim.ReleaseId);
            return Failed(definition, claim, StepErrors.Unexpected(exception));
        }
    }

    private async Task<StepOutcome> ProtocolAsync(Claim claim, StepDefinition definition, StepContext context, Lease lease, CancellationToken cancellationToken)
    {
        var step = catalogue[definition.Kind];
        // An output of a step that was left out has no value; acting on an empty text would be worse than stopping.
        var missing = step.Description.Inputs.Where(input => input.Required && context.Inputs.Values.GetValueOrDefault(input.Name)?.ToString() is null or "").Select(input => input.Name).ToList();
        if (missing.Count > 0)
            return Failed(definition, claim, StepErrors.MissingInputs(definition, missing));
        var before = await step.ObserveAsync(context, cancellationToken);
        if (before is not Observation.NotDone)
            return Outcome(before, claim, definition, AttemptOutcome.AlreadyDone);

        if (await gate.StopAsync(claim, definition, cancellationToken) is { } stopped)
            return stopped;
        if (!await lease.IsHeldAsync(cancellationToken))
            throw new OperationCanceledException("The lease was lost before acting.", lease.Lost);
        var acted = await step.ActAsync(context, cancellationToken);
        crash.Reach(claim.Key, CrashPoint.AfterAct);
        if (acted is ActResult.Failed failed)
            return Failed(definition, claim, failed.Error);

        var evidence = acted is ActResult.Acted done ? done.Evidence : Evidence.None;
        var after = await step.VerifyAsync(context, evidence, cancellationToken);
        if (after is Observation.NotDone)
            return acted is ActResult.AnswerLost lost
                ? Failed(definition, claim, lost.Error)
                : new StepOutcome(StepEvent.Reconcile, AttemptOutcome.NeedsReconciliation) { Error = StepErrors.NotThere(definition), Evidence = evidence };
        return Outcome(after, claim, definition, AttemptOutcome.Succeeded);
    }

    private StepOutcome Outcome(Observation observation, Claim claim, StepDefinition definition, AttemptOutcome success) => observation switch
    {
        Observation.Done done => new StepOutcome(StepEvent.Succeed, success) { Evidence = done.Evidence },
        Observation.Different different => new StepOutcome(StepEvent.Reconcile, AttemptOutcome.NeedsReconciliation) { Error = different.Error, Evidence = different.Evidence },
        Observation.Unknown unknown => new StepOutcome(StepEvent.Reconcile, AttemptOutcome.NeedsReconciliation) { Error = unknown.Error },
        Observation.Failed failed => Failed(definition, claim, failed.Error) with { Evidence = failed.Evidence },
        Observation.Waiting waiting when TimedOut(claim, definition) => Failed(definition, claim, StepErrors.WaitedTooLong(definition, waiting.Reason)) with { Evidence = waiting.Evidence },
        Observation.Waiting waiting => new StepOutcome(StepEvent.WaitOutside, AttemptOutcome.Waiting)
        {
            Reason = waiting.Reason,
            Evidence = waiting.Evidence,
            Again = Backoff(waiting.LookAgainAfter, claim.Looks),
        },
        Observation.NeedsPerson person => new StepOutcome(StepEvent.AskPerson, AttemptOutcome.Waiting) { Reason = person.Reason, Evidence = person.Evidence, Again = person.LookAgainAfter },
        var other => throw new InvalidOperationException($"{definition.Kind} observed {other.GetType().Name} where it cannot be."),
    };

    private bool TimedOut(Claim claim, StepDefinition definition) =>
        definition.Timeout is { } limit && time.GetUtcNow() - claim.StartedAt > limit;

    private static StepOutcome Failed(StepDefinition definition, Claim claim, StepError error) =>
        definition.Retry is { } rule && claim.AttemptNumber < rule.Attempts
            ? new StepOutcome(StepEvent.Release, AttemptOutcome.Failed) { Error = error, Reason = error.What, Again = rule.Delay }
            : new StepOutcome(StepEvent.Fail, AttemptOutcome.Failed) { Error = error };

    // The events of the remote wake it; looking by itself is the net below and gets rarer, up to five minutes.
    private static TimeSpan Backoff(TimeSpan first, int looks) =>
        TimeSpan.FromTicks(Math.Min(TimeSpan.FromMinutes(5).Ticks, (long)(first.Ticks * Math.Pow(1.5, Math.Min(looks, 20)))));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Step {Step} of release {Release} was taken from this worker (fence {Fence}).")]
        public static partial void LeaseLost(ILogger logger, string step, Guid release, long fence);

        [LoggerMessage(2, LogLevel.Warning, "The outcome of step {Step} of release {Release} was refused: fence {Fence} is stale.")]
        public static partial void StaleFence(ILogger logger, string step, Guid release, long fence);

        [LoggerMessage(3, LogLevel.Error, "Step {Step} of release {Release} ended unexpectedly.")]
        public static partial void Unexpected(ILogger logger, Exception exception, string step, Guid release);

        [LoggerMessage(4, LogLevel.Error, "Step {Step} of release {Release} ended unexpectedly: {Details}")]
        public static partial void UnexpectedInStep(ILogger logger, string step, Guid release, string details);
    }
}
