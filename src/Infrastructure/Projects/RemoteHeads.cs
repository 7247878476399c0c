using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Projects;

/// <summary>Asks the remote where the development branch is and which version was tagged last.</summary>
public sealed class RemoteHeads(ProcessRunner runner, SecretVault vault, ProjectRules rules)
{
    public async Task<Result<RemoteHead, ActionResult>> FindAsync(Project project, CancellationToken cancellationToken)
    {
        var url = RemoteUrl.Parse(project.Settings.GitUrl, rules.AllowFile && project.IsSandbox);
        var token = await vault.ReadAsync(project.Id, SecretName.GitHubToken, cancellationToken);
        var options = new GitOptions { AllowFile = url.IsFile, Timeout = TimeSpan.FromMinutes(1) };
        var session = new GitSession(runner, options, OutputSinks.None, token is null ? null : new GitCredential(url, token));
        var refs = await session.ListRemoteAsync(url, [], cancellationToken);
        if (!refs.IsOk)
            return ActionResult.Refused(Refusal.Invalid, $"The repository of {project.Name} cannot be read: {refs.Error.Message}{WayOn(refs.Error)}");
        var dev = BranchName.Parse(project.Settings.DevBranch).Ref;
        if (refs.Value.FirstOrDefault(found => found.Name == dev) is not { } head)
            return ActionResult.Refused(Refusal.Invalid, $"The repository of {project.Name} has no branch {project.Settings.DevBranch}.");
        return new RemoteHead(head.Commit.Value, LastFinal(project.Settings, refs.Value)?.ToString());
    }

    private static string WayOn(GitError error) => error.Kind == GitFailure.AuthenticationFailed
        ? $" Store a token that may read and write it as the project's {SecretName.GitHubToken}."
        : "";

    private static PythonVersion? LastFinal(ProjectSettings settings, IEnumerable<GitRemoteRef> refs)
    {
        const string place = "{version}";
        var at = settings.TagName.IndexOf(place, StringComparison.Ordinal);
        var (before, after) = ("refs/tags/" + settings.TagName[..at], settings.TagName[(at + place.Length)..]);
        return refs.Select(found => found.Name.Value)
            .Where(name => name.Length > before.Length + after.Length
                && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal))
            .Select(name => PythonVersion.TryParse(name[before.Length..^after.Length], out var version, out _) ? version : null)
            .Where(version => version is { IsFinal: true })
            .Max();
    }
}

/// <param name="Commit">Head of the development branch, 40 hex digits.</param>
/// <param name="LastVersion">The highest final version among the tags, or null.</param>
public sealed record RemoteHead(string Commit, string? LastVersion);
