using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Webhooks;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>Events about check runs and suites.</summary>
internal sealed class CheckEvents(Outbox outbox, CheckAnswer answers, GitHubUrls urls)
{
    public void SendRun(SandboxRepository repository, CheckRun run, string action) => outbox.Send(
        repository,
        "check_run",
        new
        {
            action,
            check_run = answers.Run(repository, run),
            repository = RepositoryAnswer.Of(urls, repository),
            sender = UserAnswer.Of(urls, repository.State.Owner),
        });

    public async Task SendSuiteAsync(SandboxRepository repository, int suite, string action) => outbox.Send(
        repository,
        "check_suite",
        new
        {
            action,
            check_suite = await answers.SuiteAsync(repository, suite),
            repository = RepositoryAnswer.Of(urls, repository),
            sender = UserAnswer.Of(urls, repository.State.Owner),
        });
}
