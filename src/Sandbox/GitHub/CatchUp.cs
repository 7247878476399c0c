using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub;

/// <summary>
/// Finishes what a killed process had begun. Each write goes to git, then to the document, then to the effect log; wherever the
/// process died, the earlier of these says what the later ones lack, so that every effect stands in the log exactly once.
/// </summary>
internal sealed class CatchUp(RefPublisher refs, EffectLog effects, TimeProvider time)
{
    public async Task RunAsync(SandboxRepository repository)
    {
        using var turn = await repository.EnterAsync();
        await FinishMergeAsync(repository);
        var logged = effects.Read().Select(entry => (entry.Action, entry.Subject)).ToHashSet();
        await refs.PublishAsync_NeedsTurn(repository, null, change =>
        {
            var made = change.Pushed(repository.FullName, null);
            return IsLast(made) || repository.State.Pulls.Any(pull => pull.MergedBy is not null && pull.MergeCommit == change.After) ? null : made;
        });
        foreach (var effect in Expected(repository).Where(effect => !logged.Contains((effect.Action, effect.Subject))))
            await effects.AppendAsync(effect);
    }

    private async Task FinishMergeAsync(SandboxRepository repository)
    {
        if (repository.State.Merging is not { } merging)
            return;
        var pull = repository.State.Pulls.Single(found => found.Number == merging.Number);
        var target = await repository.Git.RefAsync("refs/heads/" + pull.Base);
        var made = target is not null && await repository.Git.ContainsAsync(target.Sha, merging.Commit);
        repository.Save_NeedsTurn(repository.State with
        {
            Merging = null,
            Pulls = made ? repository.State.Pulls.Replace(pull, pull.Merged(merging, time.GetUtcNow())) : repository.State.Pulls,
        });
    }

    // A ref can come back to an old commit, so only the last word on it counts.
    private bool IsLast(Effect made) =>
        effects.Read().LastOrDefault(entry => entry.Subject == made.Subject)?.Digest == made.Digest && made.Digest is not null;

    private static IEnumerable<Effect> Expected(SandboxRepository repository)
    {
        var (name, state) = (repository.FullName, repository.State);
        foreach (var pull in state.Pulls.Where(pull => pull.MergedBy is not null))
            yield return new Effect("github", "pull.merge", $"{name}#{pull.Number}", pull.MergeCommit, pull.MergedBy);
        foreach (var release in state.Releases)
        {
            if (!release.Draft)
                yield return new Effect("github", "release.publish", $"{name} {release.Tag}", null, release.Author);
            foreach (var asset in release.Assets)
                yield return new Effect("github", "asset.upload", $"{name} {release.Tag} {asset.Name}", asset.Digest, asset.Uploader);
        }
    }
}
