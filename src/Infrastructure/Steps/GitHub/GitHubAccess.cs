using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>The project's repository on GitHub, as the project's token.</summary>
internal sealed record GitHubSession(GitHubClient Client, RepositoryName Name);

/// <summary>Opens GitHub for a step, with the token from the project's secrets.</summary>
internal sealed class GitHubAccess(GitHubClients clients)
{
    /// <param name="scope">The rights that the step needs, for the message when there is no token.</param>
    public async Task<Result<GitHubSession, StepError>> OpenAsync(StepContext context, string scope, CancellationToken cancellationToken)
    {
        var project = context.Facts.Project;
        if (!RepositoryName.TryParse(project.Repository, out var name))
            return GitHubStepErrors.NoRepository(project.Repository);
        var token = await context.Secrets.ReadAsync(SecretName.GitHubToken, cancellationToken);
        return string.IsNullOrEmpty(token) ? GitHubStepErrors.NoToken(scope) : new GitHubSession(clients.For(project, token), name);
    }
}
