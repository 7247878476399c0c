using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Asks GitHub whether the latest tag has its release.</summary>
public sealed class ReleaseReader(GitHubClients clients, ProjectSessions sessions)
{
    /// <param name="tag">Name of the latest tag; null when there is none.</param>
    public async Task<Part<LatestRelease>> ReadAsync(Project project, string? tag, CancellationToken cancellationToken)
    {
        if (tag is null)
            return new LatestRelease(null, false, false, false, null);
        if (!RepositoryName.TryParse(project.Repository, out var repository))
            return Part.Failed<LatestRelease>($"'{project.Repository}' is not OWNER/NAME. Correct it in the project's settings.");
        var token = await sessions.TokenAsync(project, cancellationToken);
        if (!token.IsOk)
            return Part.Failed<LatestRelease>($"{token.Error.What} {token.Error.WhatToDo}");
        var client = clients.For(project, token.Value.Length == 0 ? null : token.Value);
        var found = await client.FindReleasesAsync(repository, TagName.Parse(tag), cancellationToken);
        if (!found.IsOk)
            return Part.Failed<LatestRelease>($"GitHub cannot be read. {found.Error.Message}");
        var published = found.Value.FirstOrDefault(release => !release.Draft);
        var latest = await client.LatestReleaseAsync(repository, cancellationToken);
        if (!latest.IsOk)
            return Part.Failed<LatestRelease>($"GitHub cannot be read. {latest.Error.Message}");
        var shown = published ?? (found.Value.Count > 0 ? found.Value[0] : null);
        return new LatestRelease(
            tag, published is not null, shown is { Draft: true }, published is not null && latest.Value?.Id == published.Id, shown?.HtmlUrl);
    }
}
