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
    private readonly Claim claim;
    private readonly WorkerIdentity worker;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource ended = new();
    private readonly IDisposable subscription;
    private readonly SemaphoreSlim check = new(0);
    private readonly Task beating;

    public Lease(LedgerStore ledger, ChangeFeed changes, Claim claim, WorkerIdentity worker, TimeSpan heartbeat)
    {
        this.ledger = ledger;
        this.claim = claim;
        this.worker = worker;
        subscription = changes.Subscribe(change =>
        {
            if (change is Change.Release release && release.Id == claim.ReleaseId)
                check.Release();
        });
        beating = BeatAsync(heartbeat);
    }

    /// <summary>Cancelled when this worker no longer holds the step.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Asks the ledger, not the memory: right before acting this must be the truth.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Steps.AnyAsync(
            step => step.Id == claim.StepId && step.Fence == claim.Fence && step.LeaseHolder == worker.Name && step.Status == StepStatus.Running,
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        subscription.Dispose();
        await ended.CancelAsync();
        await beating;
        lost.Dispose();
        ended.Dispose();
        check.Dispose();
    }

    private async Task BeatAsync(TimeSpan heartbeat)
    {
        try
        {
            while (true)
            {
                await check.WaitAsync(heartbeat, ended.Token);
                var held = 0;
                await ledger.AppendAsync(
                    async db => held = await db.Steps
                        .Where(step => step.Id == claim.StepId && step.Fence == claim.Fence && step.LeaseHolder == worker.Name && step.Status == StepStatus.Running)
                        .ExecuteUpdateAsync(set => set.SetProperty(step => step.Heartbeat, step => step.Heartbeat + 1), ended.Token),
                    ended.Token);
                if (held == 0)
                {
                    await lost.CancelAsync();
                    return;
                }
            }
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
}
