using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>
/// Shows that the holder of a claim lives, and notices when the step was taken away: by another worker, by a skip, by an
/// abort. Disposing ends both.
/// </summary>
internal sealed class Lease : IAsyncDisposable
{
    private readonly LedgerStore ledger;
    private readonly EngineQueries queries;
    private readonly Claim claim;
    private readonly WorkerIdentity worker;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource ended = new();
    private readonly IDisposable subscription;
    private readonly ITimer timer;

    // Most steps end before the first beat. So there is no loop that waits: ending it would cost each of them an exception.
    private readonly Lock gate = new();
    private Task beat = Task.CompletedTask;
    private bool isBeating;
    private bool isAskedAgain;
    private bool isEnded;

    public Lease(LedgerStore ledger, EngineQueries queries, ChangeFeed changes, Claim claim, WorkerIdentity worker, TimeSpan heartbeat, TimeProvider time)
    {
        this.ledger = ledger;
        this.queries = queries;
        this.claim = claim;
        this.worker = worker;
        subscription = changes.Subscribe(change =>
        {
            if (change is Change.Release release && release.Id == claim.ReleaseId)
                Beat();
        });
        timer = time.CreateTimer(_ => Beat(), null, heartbeat, heartbeat);
    }

    /// <summary>Cancelled when this worker no longer holds the step.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Asks the ledger, not the memory: right before acting this must be the truth.</summary>
    public Task<bool> IsHeldAsync(CancellationToken cancellationToken) =>
        ledger.AskAsync(db => queries.IsHeld(db, claim.StepId, claim.Fence, worker.Name, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        subscription.Dispose();
        await timer.DisposeAsync();
        lock (gate)
            isEnded = true;
        // From here on none begins.
        if (!beat.IsCompleted)
        {
            await ended.CancelAsync();
            await beat;
        }
        lost.Dispose();
        ended.Dispose();
    }

    /// <summary>Begins a beat, away from the caller's thread. Asked for while one runs, another one follows it.</summary>
    private void Beat()
    {
        lock (gate)
        {
            if (isEnded)
                return;
            isAskedAgain = isBeating;
            if (isBeating)
                return;
            isBeating = true;
            // Not cancelled before it begins: a disposal awaits it.
            beat = Task.Run(BeatAsync, CancellationToken.None);
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            do
            {
                var held = await ledger.AskAsync(
                    db => db.Steps
                        .Where(step => step.Id == claim.StepId && step.Fence == claim.Fence && step.LeaseHolder == worker.Name && step.Status == StepStatus.Running)
                        .ExecuteUpdateAsync(set => set.SetProperty(step => step.Heartbeat, step => step.Heartbeat + 1), ended.Token),
                    ended.Token);
                if (held == 0)
                {
                    // What is lost stays lost: it counts as beating from now on, and none follows.
                    await lost.CancelAsync();
                    return;
                }
            }
            while (IsAnotherDue());
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The attempt is over.
        }
        catch (Exception) when (!ended.IsCancellationRequested)
        {
            // Without the database the lease cannot be kept: whoever acts on it must stop.
            await lost.CancelAsync();
        }
    }

    private bool IsAnotherDue()
    {
        lock (gate)
        {
            isBeating = isAskedAgain && !isEnded;
            isAskedAgain = false;
            return isBeating;
        }
    }
}
