using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>
/// Frees leases whose holder died. Age is measured on this process's monotonic clock, from when it first saw a heartbeat
/// value: no clock that jumps, here or elsewhere, can free a living lease or keep a dead one.
/// </summary>
internal sealed class LeasePatrol(LedgerStore ledger, WorkerOptions options, TimeProvider time)
{
    private readonly Dictionary<Guid, Seen> seen = [];

    /// <summary>At the start of the only process of a database: whoever held a lease is dead.</summary>
    public Task FreeAllAsync(CancellationToken cancellationToken) =>
        ledger.AppendAsync(
            db => db.Steps.Where(step => step.Status == StepStatus.Running && step.LeaseHolder != null)
                .ExecuteUpdateAsync(set => set.SetProperty(step => step.LeaseHolder, (string?)null), cancellationToken),
            cancellationToken);

    /// <summary>Frees what has not moved for the lease's duration.</summary>
    public async Task FreeStaleAsync(CancellationToken cancellationToken)
    {
        List<Holding> held;
        await using (var db = ledger.Read())
        {
            held = await db.Steps.Where(step => step.Status == StepStatus.Running && step.LeaseHolder != null)
                .Select(step => new Holding(step.Id, step.Fence, step.Heartbeat)).ToListAsync(cancellationToken);
        }
        var now = time.GetTimestamp();
        foreach (var gone in seen.Keys.Except(held.Select(step => step.Id)).ToList())
            seen.Remove(gone);
        foreach (var step in held)
        {
            if (!seen.TryGetValue(step.Id, out var earlier) || earlier.Step != step)
                seen[step.Id] = new Seen(step, now);
            else if (time.GetElapsedTime(earlier.Since, now) > options.LeaseDuration)
                await FreeAsync(step, cancellationToken);
        }
    }

    // The heartbeat is in the condition: a holder that moved in this very moment keeps its lease.
    private Task FreeAsync(Holding held, CancellationToken cancellationToken) =>
        ledger.AppendAsync(
            db => db.Steps.Where(step => step.Id == held.Id && step.Fence == held.Fence && step.Heartbeat == held.Heartbeat && step.Status == StepStatus.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(step => step.LeaseHolder, (string?)null), cancellationToken),
            cancellationToken);

    private sealed record Holding(Guid Id, long Fence, long Heartbeat);

    private sealed record Seen(Holding Step, long Since);
}
