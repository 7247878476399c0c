using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Rest;

namespace ReleaseDashboard.Sandbox.GitHub.Commits;

/// <summary>Commits, one by one, listed and compared.</summary>
internal static class CommitEndpoints
{
    private const int MostListed = 5000;
    private const int MostCompared = 250;

    internal static void MapCommits(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/commits", ListAsync);
        repo.MapGet("/commits/{**reference}", GetAsync);
        repo.MapGet("/git/commits/{sha}", GetGitAsync);
        repo.MapGet("/compare/{**basehead}", CompareAsync);
    }

    private static async Task<IResult> ListAsync(Call call, GitHubUrls urls)
    {
        if (await call.Repository.Git.ResolveAsync(call.Query("sha") ?? call.State.DefaultBranch) is not { } start)
            return GitHubErrors.NotFound();
        var commits = await call.Repository.Git.LogAsync(MostListed, 0, start);
        return call.Page(commits, commit => CommitAnswer.Of(urls, call.Repository, commit));
    }

    private static async Task<IResult> GetAsync(Call call, GitHubUrls urls)
    {
        var reference = call.Route("reference");
        if (await call.Repository.Git.ResolveAsync(reference) is not { } sha)
            return GitHubErrors.Answer(422, $"No commit found for SHA: {reference}");
        var commit = (await call.Repository.Git.CommitAsync(sha))!;
        var files = await call.Repository.Git.FilesAsync(commit.Parents.Count > 0 ? commit.Parents[0] : GitDiff.EmptyTree, sha);
        var answer = CommitAnswer.Of(urls, call.Repository, commit);
        var (added, removed) = (files.Sum(file => file.Added), files.Sum(file => file.Removed));
        answer["stats"] = new { additions = added, deletions = removed, total = added + removed };
        answer["files"] = files.Select(file => CommitAnswer.File(urls, call.Repository, sha, file));
        return call.Ok(answer);
    }

    private static async Task<IResult> GetGitAsync(Call call, GitHubUrls urls) =>
        await call.Repository.Git.ResolveAsync(call.Route("sha")) is { } sha
            ? call.Ok(CommitAnswer.Git(urls, call.Repository, (await call.Repository.Git.CommitAsync(sha))!))
            : GitHubErrors.NotFound();

    private static async Task<IResult> CompareAsync(Call call, GitHubUrls urls)
    {
        var sides = call.Route("basehead").Split("...");
        var git = call.Repository.Git;
        if (sides.Length != 2 || await git.ResolveAsync(Branch(sides[0])) is not { } from || await git.ResolveAsync(Branch(sides[1])) is not { } to)
            return GitHubErrors.NotFound();
        if (await git.MergeBaseAsync(from, to) is not { } start)
            return GitHubErrors.Answer(404, "No common ancestor between the two commits");
        var (ahead, behind) = (await git.CountAsync($"{from}..{to}"), await git.CountAsync($"{to}..{from}"));
        // Only who asks for pages gets all commits.
        var isPaged = call.Query("per_page") is not null || call.Query("page") is not null;
        var commits = (await git.LogAsync(isPaged ? MostListed : MostCompared, 0, to, "^" + from)).Reverse().ToList();
        var html = $"{urls.Html(call.Repository)}/compare/{call.Route("basehead")}";
        return call.Ok(new
        {
            url = $"{urls.Repo(call.Repository)}/compare/{call.Route("basehead")}",
            html_url = html,
            permalink_url = $"{urls.Html(call.Repository)}/compare/{from}...{to}",
            diff_url = html + ".diff",
            patch_url = html + ".patch",
            base_commit = CommitAnswer.Of(urls, call.Repository, (await git.CommitAsync(from))!),
            merge_base_commit = CommitAnswer.Of(urls, call.Repository, (await git.CommitAsync(start))!),
            status = (ahead, behind) switch { (0, 0) => "identical", (_, 0) => "ahead", (0, _) => "behind", _ => "diverged" },
            ahead_by = ahead,
            behind_by = behind,
            total_commits = ahead,
            commits = (isPaged ? Paging.Cut(call.Http, commits) : commits).Select(commit => CommitAnswer.Of(urls, call.Repository, commit)),
            files = (await git.FilesAsync(start, to)).Select(file => CommitAnswer.File(urls, call.Repository, to, file)),
        });
    }

    // A side may be written OWNER:branch.
    private static string Branch(string side) => side[(side.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
