using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub;

/// <summary>
/// Finishes what a killed process had begun. Each write goes to git, then to the document, then to the effect log; wherever the
/// process died, the earlier of these says what the later ones lack: a merge is announced before it is made, and the document holds
/// the effect that goes with its last change. So every effect stands in the log exactly once.
/// </summary>
internal sealed class CatchUp(RefPublisher refs, EffectLog effects, TimeProvider time)
{
    public async Task RunAsync(SandboxRepository repository)
    {
        using var turn = await repository.EnterAsync();
        FinishMerge_NeedsTurn(repository, await MergeWasMadeAsync(repository));
        if (repository.State.Owed is { } owed && !effects.Read().Skip(owed.After).Any(entry => Same(entry, owed.Effect)))
            await effects.AppendAsync(owed.Effect);
        await refs.PublishAsync_NeedsTurn(repository, null, change =>
        {
            var made = change.Pushed(repository.FullName, null);
            return IsLast(made) || repository.State.Pulls.Any(pull => pull.MergedBy is not null && pull.MergeCommit == change.After) ? null : made;
        });
    }

    private static async Task<bool> MergeWasMadeAsync(SandboxRepository repository) =>
        repository.State is { Merging: { } merging } state
        && await repository.Git.RefAsync("refs/heads/" + state.Pulls.Single(pull => pull.Number == merging.Number).Base) is { } target
        && await repository.Git.ContainsAsync(target.Sha, merging.Commit);

    private void FinishMerge_NeedsTurn(SandboxRepository repository, bool made)
    {
        if (repository.State is not { Merging: { } merging } state)
            return;
        var pull = state.Pulls.Single(found => found.Number == merging.Number);
        var effect = new Effect("github", "pull.merge", $"{repository.FullName}#{merging.Number}", merging.Commit, merging.Actor);
        var merged = state with { Pulls = state.Pulls.Replace(pull, pull.Merged(merging, time.GetUtcNow())), Owed = new Owed(effects.Count, effect) };
        repository.Save_NeedsTurn((made ? merged : state) with { Merging = null });
    }

    private static bool Same(EffectEntry entry, Effect effect) =>
        (entry.Service, entry.Action, entry.Subject, entry.Digest) == (effect.Service, effect.Action, effect.Subject, effect.Digest);

    // A ref can come back to an old commit, so only the last word on it counts.
    private bool IsLast(Effect made) =>
        effects.Read().LastOrDefault(entry => entry.Subject == made.Subject)?.Digest == made.Digest && made.Digest is not null;
}
