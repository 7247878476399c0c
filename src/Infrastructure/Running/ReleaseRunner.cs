using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Takes a release as far as it goes now: one step after another, side by side where the playbook allows it.</summary>
internal sealed class ReleaseRunner(LedgerStore ledger, ReleaseSnapshots snapshots, StepRunner runner, TimeProvider time)
{
    /// <returns>When to look again by itself, or null when only an event or a person wakes it.</returns>
    public async Task<DateTimeOffset?> AdvanceAsync(Guid releaseId, CancellationToken stopping)
    {
        var running = new Dictionary<string, Task>();
        while (true)
        {
            var (runnable, next) = await FindAsync(releaseId, stopping);
            foreach (var key in runnable.Where(key => !running.ContainsKey(key)))
                running[key] = runner.RunAsync(releaseId, key, stopping);
            if (running.Count == 0)
                return next;
            var done = await Task.WhenAny(running.Values);
            foreach (var key in running.Where(entry => entry.Value.IsCompleted).Select(entry => entry.Key).ToList())
                running.Remove(key);
            await done;
        }
    }

    private async Task<(List<string> Runnable, DateTimeOffset? Next)> FindAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var steps = await db.Steps.Where(step => step.ReleaseId == releaseId && step.Release!.ActiveKey != null).OrderBy(step => step.Ordinal)
            .Select(step => new RunnableStep(step.Key, step.Status, step.LeaseHolder, step.WakeAt)).ToListAsync(cancellationToken);
        // It is over, or was never there.
        if (steps.Count == 0)
            return ([], null);
        var playbook = (await snapshots.OfAsync(db, releaseId, cancellationToken)).Playbook;
        var statuses = steps.ToDictionary(step => step.Key, step => step.Status);
        var now = time.GetUtcNow();
        return (
            [.. steps.Where(step => Runnable.IsRunnable(playbook, step, statuses, now)).Select(step => step.Key)],
            steps.Where(step => !StepTransitions.IsSettled(step.Status)).Min(step => step.WakeAt));
    }
}
