using System.Collections.Immutable;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.GitHub.Pulls;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Webhooks;

namespace ReleaseDashboard.Sandbox.GitHub.Refs;

/// <summary>
/// Tells the rest of the simulated GitHub which refs have moved: the effect log, the pull requests, the checks and the webhooks. It
/// compares git with the refs it told of last, so a change made right before a crash is told of at the next start.
/// </summary>
internal sealed class RefPublisher(EffectLog effects, Outbox outbox, PushPayload payloads, PullEvents pulls, CheckStarter checks, WorkflowStarter workflows,
    TimeProvider time)
{
    /// <param name="repository">The repository, entered by the caller.</param>
    /// <param name="actor">Who moved them; null at a start.</param>
    /// <param name="effect">The effect of a change; null when the caller records one of its own.</param>
    public async Task PublishAsync_NeedsTurn(SandboxRepository repository, Persona? actor, Func<RefChange, Effect?> effect)
    {
        var now = (await repository.Git.RefsAsync("refs/heads", "refs/tags")).ToDictionary(found => found.Name, found => found.Sha);
        var changes = RefChange.Between(repository.State.Refs, now).ToList();
        if (changes.Count == 0)
            return;
        foreach (var made in changes.Select(effect).OfType<Effect>())
            await effects.AppendAsync(made);

        var pushes = new List<object>();
        foreach (var change in changes)
            pushes.Add(await payloads.OfAsync(repository, change, actor));
        var moved = await PullSync.ApplyAsync(repository, changes, time.GetUtcNow());
        repository.Save_NeedsTurn(repository.State with
        {
            Refs = now.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Pulls = moved.Aggregate(repository.State.Pulls, (list, move) => list.Replace(list.Single(pull => pull.Number == move.Pull.Number), move.Pull)),
        });

        for (var at = 0; at < changes.Count; at++)
            Announce(repository, changes[at], pushes[at], actor);
        foreach (var move in moved)
        {
            await pulls.SendAsync(repository, move.Pull, move.Action, actor);
            if (move.Action == "synchronize")
                await checks.StartAsync_NeedsTurn(repository, move.Pull, move.Action, actor);
        }

        foreach (var change in changes)
            await workflows.PushAsync_NeedsTurn(repository, change, actor);
    }

    private void Announce(SandboxRepository repository, RefChange change, object push, Persona? actor)
    {
        outbox.Send(repository, "push", push);
        if (change.Before is null)
            outbox.Send(repository, "create", payloads.RefEvent(repository, change, actor));
        if (change.After is null)
            outbox.Send(repository, "delete", payloads.RefEvent(repository, change, actor));
    }
}
