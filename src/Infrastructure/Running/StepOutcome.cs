using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>How an attempt ended, before it is committed.</summary>
/// <param name="Event">What happens to the step.</param>
/// <param name="Attempt">What is written on the attempt.</param>
internal sealed record StepOutcome(StepEvent Event, AttemptOutcome Attempt)
{
    public Evidence? Evidence { get; init; }

    public StepError? Error { get; init; }

    /// <summary>What it waits for.</summary>
    public string? Reason { get; init; }

    /// <summary>When to look or try again by itself.</summary>
    public TimeSpan? Again { get; init; }
}

/// <summary>Writes outcomes. The commit is refused when the lease was lost meanwhile: the fence decides, not the clock.</summary>
internal sealed class OutcomeWriter(LedgerStore ledger, EngineQueries queries, ApprovalRequests approvals, WorkerIdentity worker)
{
    /// <returns>How the release stands now, or null when this worker no longer held the step and nothing was written.</returns>
    public Task<IReadOnlyList<RunnableStep>?> CommitAsync(Claim claim, StepOutcome outcome, CancellationToken cancellationToken) =>
        ledger.WriteAsync<IReadOnlyList<RunnableStep>?>(
            async write =>
            {
                await write.LockAsync(claim.ReleaseId);
                var (release, step, attempt) = await queries.ToEnd(write.Db, claim.AttemptId, write.CancellationToken);
                if (step.Fence != claim.Fence || step.LeaseHolder != worker.Name || step.Status != StepStatus.Running)
                    return write.Refuse<IReadOnlyList<RunnableStep>?>(null);
                var sameAsBefore = outcome.Attempt == AttemptOutcome.Waiting && attempt.Outcome == AttemptOutcome.Waiting && step.Reason == outcome.Reason
                    && Equals(step.Evidence, outcome.Evidence);
                Apply(write, step, attempt, claim, outcome);
                if (claim.Snapshot.Playbook.FindStep(claim.Key) is { Approval: { } rule })
                    await approvals.RecordAsync(write, release, step, rule, outcome.Event, outcome.Evidence, outcome.Error);
                if (!sameAsBefore)
                    write.Audit(Actor.Worker(worker.Name), Action(outcome), release, step.Key,
                        new { Status = nameof(StepStatus.Running), claim.Fence },
                        new { Status = step.Status.ToString(), Attempt = attempt.Number, outcome.Reason, Evidence = outcome.Evidence?.Items, EvidenceDigest = outcome.Evidence?.Digest, outcome.Error });
                var steps = await queries.Steps(write.Db, release.Id).Select(other => other.Key == step.Key ? RunnableStep.Of(step) : other).ToListAsync(write.CancellationToken);
                write.UpdateStatus(release, steps.Select(other => other.Status));
                return ReleaseProgress.IsOver(release.Status) ? [] : steps;
            },
            cancellationToken);

    private static void Apply(LedgerTransaction write, StepRecord step, AttemptRecord attempt, Claim claim, StepOutcome outcome)
    {
        step.Status = StepTransitions.Next(step.Status, outcome.Event);
        step.LeaseHolder = null;
        step.Reason = outcome.Reason;
        step.Error = outcome.Error;
        step.Evidence = outcome.Evidence ?? step.Evidence;
        step.Looks = outcome.Attempt == AttemptOutcome.Waiting ? claim.Looks + 1 : 0;
        // A wake-up that came while the attempt looked may have come too late for it: look once more at once.
        step.WakeAt = step.Wakes != claim.Wakes && outcome.Attempt == AttemptOutcome.Waiting ? write.Now : write.Now + outcome.Again;
        step.FinishedAt = StepTransitions.IsSettled(step.Status) ? write.Now : null;
        attempt.Outcome = outcome.Attempt;
        attempt.Error = outcome.Error;
        attempt.Evidence = outcome.Evidence;
        attempt.Process = null;
        attempt.FinishedAt = outcome.Attempt == AttemptOutcome.Waiting ? null : write.Now;
    }

    private static string Action(StepOutcome outcome) => outcome.Event switch
    {
        StepEvent.Succeed => "step.succeed",
        StepEvent.Fail => "step.fail",
        StepEvent.WaitOutside => "step.wait",
        StepEvent.AskPerson => "step.ask",
        StepEvent.Reconcile => "step.reconcile",
        StepEvent.Release => "step.give-back",
        var other => throw new InvalidOperationException($"A worker does not cause {other}."),
    };
}
