using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Webhooks;

namespace ReleaseDashboard.Sandbox.GitHub.Releases;

/// <summary>Makes a draft public: its tag, its place as the latest, the effect and the event.</summary>
internal sealed class ReleasePublisher(RefPublisher refs, EffectLog effects, Outbox outbox, GitHubUrls urls, TimeProvider time)
{
    /// <param name="call">The request, its repository entered.</param>
    /// <param name="state">The document, with the draft in it.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="makeLatest">See <see cref="LatestRelease.After"/>.</param>
    public async Task<Release> PublishAsync_NeedsTurn(Call call, RepositoryState state, Release draft, string makeLatest)
    {
        var git = call.Repository.Git;
        var tag = "refs/tags/" + draft.Tag;
        if (await git.RefAsync(tag) is null)
        {
            var target = await git.ResolveAsync(draft.Target) ?? throw new InvalidOperationException("The target was there just before.");
            await git.MoveRefAsync(tag, target, before: null);
        }

        var published = draft with { Draft = false, PublishedAt = time.GetUtcNow() };
        state = state with { Releases = state.Releases.Replace(draft, published) };
        var commit = (await git.RefAsync(tag))!.Commit;
        await call.SaveAsync_NeedsTurn(
            effects, LatestRelease.After(state, published, makeLatest), "release.publish", $"{call.Repository.FullName} {draft.Tag}", commit);
        await refs.PublishAsync_NeedsTurn(
            call.Repository,
            call.Writer,
            change => new Effect("github", "ref.create", $"{call.Repository.FullName} {change.Name}", change.After, call.Writer.Login));
        Announce(call, published);
        return published;
    }

    private void Announce(Call call, Release release)
    {
        foreach (var action in (string[])["published", "released"])
        {
            outbox.Send(call.Repository, "release", new
            {
                action = action == "released" && release.Prerelease ? "prereleased" : action,
                release = ReleaseAnswer.Of(urls, call.Repository, release),
                repository = RepositoryAnswer.Of(urls, call.Repository),
                sender = UserAnswer.Of(urls, call.Writer.Login),
            });
        }
    }
}
