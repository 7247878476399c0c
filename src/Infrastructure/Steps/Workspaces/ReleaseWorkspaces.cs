using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>Finds the workspace of the release that a step belongs to, with git ready for its log and token.</summary>
internal sealed class ReleaseWorkspaces(ProcessRunner runner, GitOptions options)
{
    /// <summary>Nothing is cloned or looked at yet. Fails when the project's git address cannot be used.</summary>
    public async Task<Result<ReleaseWorkspace, StepError>> AtAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        if (!RemoteUrl.TryParse(settings.GitUrl, options.AllowFile, out var url, out var fault))
            return new StepError("bad-git-address", "The project's git address cannot be used.", fault, "Correct it in the project's settings and start the release again.");
        // A public repository on the same machine needs none; a push without one is refused by the host in its own words.
        var token = await context.Secrets.ReadAsync(SecretName.GitHubToken, cancellationToken);
        var credential = string.IsNullOrEmpty(token) ? null : new GitCredential(url, token);
        var session = new GitSession(
            runner,
            options,
            (_, lines, _) =>
            {
                foreach (var line in lines)
                    context.Log.Write(line);
                return ValueTask.CompletedTask;
            },
            credential,
            identity => new ValueTask(context.TrackProcess(Orphans.Describe(identity), cancellationToken)));
        return new ReleaseWorkspace(context, session, url);
    }

    /// <summary>The clone of the release with what its earlier steps changed in it.</summary>
    public async Task<Result<GitRepository, StepError>> OpenAsync(StepContext context, CancellationToken cancellationToken)
    {
        var workspace = await AtAsync(context, cancellationToken);
        return workspace.IsOk ? await workspace.Value.OpenWithWorkAsync(cancellationToken) : workspace.Error;
    }
}
