using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Releases;

/// <summary>Release notes made of the pull requests merged since the release before.</summary>
internal sealed record GeneratedNotes(string Name, string Body)
{
    /// <returns>Null when neither the tag nor the target exists.</returns>
    public static async Task<GeneratedNotes?> OfAsync(GitHubUrls urls, SandboxRepository repository, string tag, string? target, string? previous)
    {
        var git = repository.Git;
        if ((await git.RefAsync("refs/tags/" + tag))?.Commit is not { } end
            && (end = await git.ResolveAsync(target ?? repository.State.DefaultBranch)) is null)
        {
            return null;
        }

        previous ??= LatestRelease.Of(repository.State with { Releases = repository.State.Releases.RemoveAll(release => release.Tag == tag) })?.Tag;
        var start = previous is null ? null : (await git.RefAsync("refs/tags/" + previous))?.Commit;
        var commits = (await git.IdsAsync(start is null ? end : $"{start}..{end}")).ToHashSet();
        var lines = repository.State.Pulls
            .Where(pull => pull.MergeCommit is { } merge && pull.MergedAt is not null && commits.Contains(merge))
            .Select(pull => $"* {pull.Title} by @{pull.Author} in {urls.Html(repository)}/pull/{pull.Number}")
            .ToList();
        var all = start is null ? $"{urls.Html(repository)}/commits/{tag}" : $"{urls.Html(repository)}/compare/{previous}...{tag}";
        var changes = lines.Count > 0 ? "## What's Changed\n" + string.Join('\n', lines) + "\n\n" : "";
        return new GeneratedNotes(tag, $"{changes}**Full Changelog**: {all}");
    }
}
