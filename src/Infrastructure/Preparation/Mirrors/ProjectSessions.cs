using System.Security.Cryptography;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Preparation.Mirrors;

/// <summary>git for a project, with its address and token, outside any release.</summary>
public sealed class ProjectSessions(ProcessRunner runner, GitOptions options, SecretVault vault)
{
    // Pages wait for these: a remote that is silent for long counts as unreachable.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Nothing is asked yet. Fails when the address cannot be used or the token cannot be read.</summary>
    public async Task<Result<(GitSession Session, RemoteUrl Url), StepError>> OpenAsync(Project project, CancellationToken cancellationToken)
    {
        if (!RemoteUrl.TryParse(project.Settings.GitUrl, options.AllowFile, out var url, out var fault))
            return new StepError("bad-git-address", "The project's git address cannot be used.", fault, "Correct it in the project's settings.");
        var token = await TokenAsync(project, cancellationToken);
        if (!token.IsOk)
            return token.Error;
        var credential = token.Value.Length == 0 ? null : new GitCredential(url, token.Value);
        return (new GitSession(runner, options with { IdleTimeout = Patience }, OutputSinks.None, credential), url);
    }

    /// <summary>The stored GitHub token; empty when there is none.</summary>
    public async Task<Result<string, StepError>> TokenAsync(Project project, CancellationToken cancellationToken)
    {
        try
        {
            return Result<string, StepError>.Ok(await vault.ReadAsync(project.Id, SecretName.GitHubToken, cancellationToken) ?? "");
        }
        catch (CryptographicException)
        {
            return new StepError(
                "secret-unreadable", "The stored GitHub token cannot be decrypted.", "Its key is gone, or the row was changed.", "Store the token again.");
        }
    }
}
