using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects.Proposals;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Web.Sandbox;

namespace ReleaseDashboard.Web.Projects.Add;

/// <summary>Where repositories come from: the sandbox where this server has one, otherwise GitHub.</summary>
public sealed class RepositorySource
{
    private readonly SecretVault _vault;
    private readonly SandboxHosting? _sandbox;
    private readonly SandboxWebhooks? _webhooks;

    internal RepositorySource(SecretVault vault, SandboxHosting? sandbox, SandboxWebhooks? webhooks) => (_vault, _sandbox, _webhooks) = (vault, sandbox, webhooks);

    public bool IsSandbox => _sandbox is not null;

    /// <summary>What can be chosen; empty for GitHub, where the name is typed.</summary>
    public IReadOnlyList<string> Choices => _sandbox is null
        ? []
        : [.. _sandbox.Sandbox.Repositories.All.Where(repository => !repository.State.Refs.IsEmpty).Select(repository => repository.FullName).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The repository's name and the addresses of everything around it; null when the text names none.</summary>
    public (string Repository, ProjectSettings Remotes)? Find(string text)
    {
        if (_sandbox is not null)
        {
            var chosen = Choices.FirstOrDefault(choice => string.Equals(choice, text.Trim(), StringComparison.OrdinalIgnoreCase));
            return chosen is null ? null : (chosen, SandboxRemotes.Move(Empty, chosen, _sandbox.Sandbox.Address) with { CommitterEmail = "release-dashboard@sandbox.example" });
        }

        return RepositoryAddress.TryParse(text, out var address)
            ? (address.Repository.ToString(), Empty with { GitHubApi = address.Api, GitUrl = address.GitUrl, WebUrl = address.WebUrl })
            : null;
    }

    /// <summary>Stores what is known of the new project's secrets, and has the sandbox tell of its events.</summary>
    /// <param name="token">What the repository was read with; empty when anybody may read it.</param>
    public async Task<ActionResult> FinishAsync(Actor actor, Project project, string token, CancellationToken cancellationToken)
    {
        var stored = ActionResult.Done;
        if (_sandbox is not null)
            stored = await _sandbox.StoreSecretsAsync(actor, project, cancellationToken);
        else if (token.Length > 0)
            stored = await _vault.SetAsync(actor, project.Id, SecretName.GitHubToken, token, expiresAt: null, cancellationToken);
        if (_webhooks is not null)
            await _webhooks.AddAsync(project, cancellationToken);
        return stored;
    }

    private static ProjectSettings Empty => new() { GitUrl = "", WebUrl = "", Package = "", VersionFile = "" };
}
