using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Webhooks;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <summary>Events about pull requests.</summary>
internal sealed class PullEvents(Outbox outbox, PullAnswer answers, GitHubUrls urls)
{
    public async Task SendAsync(SandboxRepository repository, PullRequest pull, string action, Persona? actor)
    {
        var body = new Dictionary<string, object?>
        {
            ["action"] = action,
            ["number"] = pull.Number,
            ["pull_request"] = await answers.FullAsync(repository, pull),
            ["repository"] = RepositoryAnswer.Of(urls, repository),
            ["sender"] = UserAnswer.Of(urls, actor?.Login ?? pull.Author),
        };
        // What it was before is not kept here; GitHub leaves out what did not change, so that nothing said is still true.
        if (action == "edited")
            body["changes"] = new { };
        outbox.Send(repository, "pull_request", body);
    }

    public void SendReview(SandboxRepository repository, PullRequest pull, Review review, Persona actor) => outbox.Send(
        repository,
        "pull_request_review",
        new
        {
            action = "submitted",
            review = ReviewAnswer.Of(urls, repository, pull, review),
            pull_request = answers.Simple(repository, pull),
            repository = RepositoryAnswer.Of(urls, repository),
            sender = UserAnswer.Of(urls, actor.Login),
        });
}
