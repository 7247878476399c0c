using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Commits;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <summary>Reading pull requests.</summary>
internal static class PullEndpoints
{
    internal static void MapPulls(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/pulls", List);
        repo.MapGet("/pulls/{number:int}", GetAsync);
        repo.MapGet("/pulls/{number:int}/files", FilesAsync);
        repo.MapGet("/pulls/{number:int}/commits", CommitsAsync);
        repo.MapGet("/pulls/{number:int}/merge", (Call call, int number) => call.Pull(number)?.MergedAt is null ? GitHubErrors.NotFound() : Results.NoContent());
    }

    internal static PullRequest? Pull(this Call call, int number) => call.State.Pulls.FirstOrDefault(pull => pull.Number == number);

    private static IResult List(Call call, PullAnswer answers)
    {
        var state = call.Query("state") ?? "open";
        var head = call.Query("head");
        var found = call.State.Pulls
            .Where(pull => state == "all" || pull.Open == (state == "open"))
            .Where(pull => call.Query("base") is not { } target || pull.Base == target)
            .Where(pull => head is null || $"{call.State.Owner}:{pull.Head}".Equals(head, StringComparison.OrdinalIgnoreCase) || pull.Head == head);
        var sorted = call.Query("sort") == "updated" ? found.OrderBy(pull => pull.UpdatedAt) : found.OrderBy(pull => pull.Number);
        List<PullRequest> listed = call.Query("direction") == "asc" ? [.. sorted] : [.. sorted.Reverse()];
        return call.Page(listed, pull => answers.Simple(call.Repository, pull));
    }

    private static async Task<IResult> GetAsync(Call call, int number, PullAnswer answers) =>
        call.Pull(number) is { } pull ? call.Ok(await answers.FullAsync(call.Repository, pull)) : GitHubErrors.NotFound();

    private static async Task<IResult> FilesAsync(Call call, int number, GitHubUrls urls)
    {
        if (call.Pull(number) is not { } pull)
            return GitHubErrors.NotFound();
        var start = await call.Repository.Git.MergeBaseAsync(pull.BaseSha, pull.HeadSha) ?? GitDiff.EmptyTree;
        return call.Page(
            await call.Repository.Git.FilesAsync(start, pull.HeadSha), file => CommitAnswer.File(urls, call.Repository, pull.HeadSha, file));
    }

    private static async Task<IResult> CommitsAsync(Call call, int number, GitHubUrls urls)
    {
        if (call.Pull(number) is not { } pull)
            return GitHubErrors.NotFound();
        var commits = await call.Repository.Git.LogAsync(250, 0, pull.HeadSha, "^" + pull.BaseSha);
        return call.Page([.. commits.Reverse()], commit => CommitAnswer.Of(urls, call.Repository, commit));
    }
}
