using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Takes a release as far as it goes now: one step after another, side by side where the playbook allows it.</summary>
internal sealed class ReleaseRunner(LedgerStore ledger, EngineQueries queries, ReleaseSnapshots snapshots, StepRunner runner, TimeProvider time)
{
    /// <returns>When to look again by itself, or null when only an event or a person wakes it.</returns>
    public async Task<DateTimeOffset?> AdvanceAsync(Guid releaseId, CancellationToken stopping)
    {
        var running = new Dictionary<string, Task<IReadOnlyList<RunnableStep>?>>();
        IReadOnlyList<RunnableStep> steps = await StepsAsync(releaseId, stopping);
        // It is over, or was never there.
        if (steps.Count == 0)
            return null;
        var playbook = (await ledger.AskAsync(db => snapshots.OfAsync(db, releaseId, stopping), stopping)).Playbook;
        while (true)
        {
            var (runnable, next) = Runnable.Among(steps, playbook, time.GetUtcNow());
            foreach (var key in runnable.Where(key => !running.ContainsKey(key)))
                running[key] = runner.RunAsync(releaseId, key, stopping);
            if (running.Count == 0)
                return next;
            var isAlone = running.Count == 1;
            var done = await Task.WhenAny(running.Values);
            foreach (var key in running.Where(entry => entry.Value.IsCompleted).Select(entry => entry.Key).ToList())
                running.Remove(key);
            var found = await done;
            // What a step found at its end is the newest there is only while none ran beside it. People and other workers who
            // move the release wake it.
            steps = isAlone && found is not null ? found : await StepsAsync(releaseId, stopping);
        }
    }

    private Task<List<RunnableStep>> StepsAsync(Guid releaseId, CancellationToken cancellationToken) =>
        ledger.AskAsync(db => queries.ActiveSteps(db, releaseId).ToListAsync(cancellationToken).AsTask(), cancellationToken);
}
