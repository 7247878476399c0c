using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>What several checks look at, asked for once and only when one of them needs it.</summary>
internal sealed class ReadinessScene
{
    private readonly Lazy<Task<Result<ProjectMirror, StepError>>> mirror;
    private readonly Lazy<Task<Result<IReadOnlyList<GitRemoteRef>, StepError>>> remote;
    private readonly Lazy<Task<Result<string, StepError>>> token;
    private readonly Lazy<Task<IReadOnlyList<SecretSummary>>> secrets;

    public ReadinessScene(Project project, ReadinessRequest request, ReadinessSources sources, CancellationToken cancellationToken)
    {
        (Project, Request, Sources, Cancellation) = (project, request, sources, cancellationToken);
        Title = ReleaseTitle.TryParse(request.Version, out var title, out var reason) ? title : null;
        TitleFault = reason;
        mirror = new(() => sources.Mirrors.OpenAsync(project, TimeSpan.Zero, cancellationToken));
        remote = new(() => sources.Mirrors.ListRemoteAsync(project, [], cancellationToken));
        token = new(() => sources.Sessions.TokenAsync(project, cancellationToken));
        secrets = new(() => sources.Vault.ListAsync(project.Id, cancellationToken));
    }

    public Project Project { get; }

    public ProjectSettings Settings => Project.Settings;

    public ReadinessRequest Request { get; }

    public ReadinessSources Sources { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The version to release, or null when none is chosen or it is not valid.</summary>
    public ReleaseTitle? Title { get; }

    public string TitleFault { get; }

    public PythonVersion? Version => Title?.ToPythonVersion();

    /// <summary>The repository as it is now; a stale mirror counts as a failure here.</summary>
    public async Task<Result<ProjectMirror, StepError>> MirrorAsync() =>
        await mirror.Value is { IsOk: true, Value.Stale: { } stale } ? stale : await mirror.Value;

    /// <summary>All references of the remote at this moment.</summary>
    public Task<Result<IReadOnlyList<GitRemoteRef>, StepError>> RemoteAsync() => remote.Value;

    public Task<IReadOnlyList<SecretSummary>> SecretsAsync() => secrets.Value;

    /// <summary>The stored GitHub token; empty when there is none.</summary>
    public Task<Result<string, StepError>> TokenAsync() => token.Value;

    public async Task<GitHubClient> GitHubAsync() =>
        Sources.GitHub.For(Project, await TokenAsync() is { IsOk: true, Value.Length: > 0 } stored ? stored.Value : null);

    /// <summary>A branch's head on the remote, or null when it is not there.</summary>
    public async Task<Result<CommitSha?, StepError>> HeadAsync(string branch) =>
        (await RemoteAsync()).Map<CommitSha?>(refs => refs.FirstOrDefault(entry => entry.Name.Value == $"refs/heads/{branch}")?.Commit);
}
