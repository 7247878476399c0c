using ReleaseDashboard.Core.Changelog;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Changelog;

/// <summary>Drafts a release's notes from what was merged since the last release, as git and GitHub have it now.</summary>
public sealed class ChangelogDrafts(GitHubClients clients, ProjectSessions sessions, ProjectMirrors mirrors)
{
    // Five hundred pull requests: enough for the longest pause between releases, and for knowing regulars.
    private const int Pages = 5;
    private const int MaximumCommits = 5000;

    private static readonly TimeSpan MirrorAge = TimeSpan.FromMinutes(1);

    /// <summary>The draft in Markdown, or why there is none.</summary>
    /// <param name="version">The version that is released.</param>
    /// <param name="lastVersion">The one before, or null for the first.</param>
    /// <param name="until">The commit that is released, as far as it is known.</param>
    public async Task<Result<string, string>> MakeAsync(Project project, string version, string? lastVersion, string until, CancellationToken cancellationToken)
    {
        var settings = project.Settings;
        if (!RepositoryName.TryParse(project.Repository, out var repository) || !CommitSha.TryParse(until, out var head))
            return Failed("The project's repository or the commit of the release cannot be used.");
        var mirror = await mirrors.OpenAsync(project, MirrorAge, cancellationToken);
        if (!mirror.IsOk)
            return Failed($"{mirror.Error.What} {mirror.Error.WhatToDo}");
        var token = await sessions.TokenAsync(project, cancellationToken);
        if (!token.IsOk)
            return Failed($"{token.Error.What} {token.Error.WhatToDo}");
        var pulls = await clients.For(project, token.Value.Length == 0 ? null : token.Value).MergedPullRequestsAsync(repository, Pages, cancellationToken);
        if (!pulls.IsOk)
            return Failed($"GitHub cannot be read. {pulls.Error.Message}");

        var last = lastVersion is null ? null : settings.TagFor(lastVersion);
        var commits = await BetweenAsync(mirror.Value, last, head, cancellationToken);
        if (commits is null)
            return Failed($"The repository has no commit {until[..Math.Min(12, until.Length)]}{(last is null ? "" : $" or no tag {last}")}.");
        // The release's own pull request says nothing that its parts do not say.
        var merged = pulls.Value.Where(pull => !(pull.Head.Ref == settings.DevBranch && pull.Base.Ref == settings.MainBranch)).ToList();
        var own = merged.Where(pull => pull.MergeCommitSha is { } sha && commits.Contains(sha)).ToList();
        var source = new ChangelogSource(
            [.. own.Select(Pull)],
            [.. merged.Except(own).Where(pull => own.Count == 0 || pull.MergedAt < own.Max(mine => mine.MergedAt)).Select(Pull)],
            lastVersion,
            await LastContributorsAsync(mirror.Value, settings, lastVersion, merged, cancellationToken),
            last is null
                ? $"{settings.WebUrl.TrimEnd('/')}/commits/{Uri.EscapeDataString(settings.TagFor(version))}"
                : $"{settings.WebUrl.TrimEnd('/')}/compare/{Uri.EscapeDataString(last)}...{Uri.EscapeDataString(settings.TagFor(version))}");
        return Result<string, string>.Ok(ChangelogDraft.Of(source, settings.ChangelogGroups, settings.ChangelogExcluding));
    }

    private static Result<string, string> Failed(string why) => Result<string, string>.Failed(why);

    private static MergedPull Pull(GitHubPullRequest pull) =>
        new(pull.Number, pull.Title, pull.HtmlUrl, pull.User?.Login ?? "", [.. (pull.Labels ?? []).Select(label => label.Name)], pull.MergedAt!.Value);

    private static async Task<HashSet<string>?> BetweenAsync(ProjectMirror mirror, string? from, Revision to, CancellationToken cancellationToken)
    {
        Revision? start = null;
        if (from is not null)
        {
            if (!TagName.TryParse(from, out var tag, out _))
                return null;
            start = tag;
        }
        var log = await mirror.Repository.LogAsync(to, start, MaximumCommits, cancellationToken);
        return log.IsOk ? [.. log.Value.Select(commit => commit.Sha.Value)] : null;
    }

    private static async Task<IReadOnlyList<string>> LastContributorsAsync(
        ProjectMirror mirror, ProjectSettings settings, string? lastVersion, IReadOnlyList<GitHubPullRequest> merged, CancellationToken cancellationToken)
    {
        if (lastVersion is null || !TagName.TryParse(settings.TagFor(lastVersion), out var last, out _))
            return [];
        var tags = await mirror.TagsAsync(settings, [], cancellationToken);
        var before = tags.IsOk ? tags.Value.SkipWhile(tag => tag.Name != last.Value).Skip(1).FirstOrDefault()?.Name : null;
        return await BetweenAsync(mirror, before, last, cancellationToken) is { } commits
            ? [.. merged.Where(pull => pull.MergeCommitSha is { } sha && commits.Contains(sha)).Select(pull => pull.User?.Login).OfType<string>().Distinct().Order(StringComparer.OrdinalIgnoreCase)]
            : [];
    }
}
