using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Commits;
using ReleaseDashboard.Sandbox.GitHub.Rest;

namespace ReleaseDashboard.Sandbox.GitHub.Refs;

/// <summary>Branches.</summary>
internal static class BranchEndpoints
{
    private const string Prefix = "refs/heads/";

    internal static void MapBranches(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/branches", ListAsync);
        repo.MapGet("/branches/{**branch}", GetAsync);
    }

    private static async Task<IResult> ListAsync(Call call, GitHubUrls urls) => call.Page(
        await call.Repository.Git.RefsAsync(Prefix),
        branch => new
        {
            name = branch.Name[Prefix.Length..],
            commit = new { sha = branch.Sha, url = $"{urls.Repo(call.Repository)}/commits/{branch.Sha}" },
            @protected = call.State.Protected.Contains(branch.Name),
        });

    private static async Task<IResult> GetAsync(Call call, GitHubUrls urls)
    {
        var name = call.Route("branch");
        if (await call.Repository.Git.RefAsync(Prefix + name) is not { } branch)
            return GitHubErrors.Answer(404, "Branch not found");
        var commit = (await call.Repository.Git.CommitAsync(branch.Sha))!;
        var url = $"{urls.Repo(call.Repository)}/branches/{name}";
        var guarded = call.State.Protected.Contains(branch.Name);
        return call.Ok(new
        {
            name,
            commit = CommitAnswer.Of(urls, call.Repository, commit),
            _links = new { self = url, html = $"{urls.Html(call.Repository)}/tree/{name}" },
            @protected = guarded,
            protection = new
            {
                enabled = guarded,
                required_status_checks = new
                {
                    url = url + "/protection/required_status_checks",
                    enforcement_level = "off",
                    contexts = Array.Empty<string>(),
                    contexts_url = url + "/protection/required_status_checks/contexts",
                    checks = Array.Empty<object>(),
                },
            },
            protection_url = url + "/protection",
        });
    }
}
