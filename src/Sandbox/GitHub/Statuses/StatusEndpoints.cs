using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Statuses;

/// <summary>Commit statuses, the older sibling of check runs.</summary>
internal static class StatusEndpoints
{
    internal static void MapStatuses(this IEndpointRouteBuilder repo)
    {
        repo.MapPost("/statuses/{sha}", CreateAsync);
        repo.MapGet("/commits/{reference}/statuses", ListAsync);
        repo.MapGet("/commits/{reference}/status", CombinedAsync);
    }

    private static async Task<IResult> CreateAsync(Call call, GitHubUrls urls, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<NewStatus>() is not { } body)
            return GitHubErrors.BadJson();
        if (body.State is not ("error" or "failure" or "pending" or "success"))
            return GitHubErrors.Invalid("Status", "state", "invalid");
        if (await call.Repository.Git.ResolveAsync(call.Route("sha")) is not { } sha)
            return GitHubErrors.Answer(422, $"No commit found for SHA: {call.Route("sha")}");
        using var turn = await call.Repository.EnterAsync();
        var status = new CommitStatus(
            call.State.NextId, sha, body.State, body.Context ?? "default", body.Description, body.TargetUrl, call.Writer.Login, time.GetUtcNow());
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { LastId = call.State.LastId + 1, Statuses = call.State.Statuses.Add(status) },
            "status.create", $"{call.Repository.FullName} {status.Context} {status.State}", sha);
        return call.Ok(Answer(call, urls, status, withCreator: true), 201);
    }

    private static async Task<IResult> ListAsync(Call call, GitHubUrls urls) =>
        await call.Repository.Git.ResolveAsync(call.Route("reference")) is { } sha
            ? call.Page([.. call.State.Statuses.Where(status => status.Sha == sha).Reverse()], status => Answer(call, urls, status, withCreator: true))
            : GitHubErrors.NotFound();

    private static async Task<IResult> CombinedAsync(Call call, GitHubUrls urls)
    {
        if (await call.Repository.Git.ResolveAsync(call.Route("reference")) is not { } sha)
            return GitHubErrors.NotFound();
        var last = call.State.Statuses.Where(status => status.Sha == sha).GroupBy(status => status.Context).Select(all => all.Last()).ToList();
        var state = last.Any(status => status.State is "error" or "failure") ? "failure"
            : last.Count == 0 || last.Any(status => status.State == "pending") ? "pending" : "success";
        return call.Ok(new
        {
            state,
            sha,
            total_count = last.Count,
            statuses = last.Select(status => Answer(call, urls, status, withCreator: false)),
            repository = RepositoryAnswer.Of(urls, call.Repository),
            commit_url = $"{urls.Repo(call.Repository)}/commits/{sha}",
            url = $"{urls.Repo(call.Repository)}/commits/{sha}/status",
        });
    }

    private static Dictionary<string, object?> Answer(Call call, GitHubUrls urls, CommitStatus status, bool withCreator)
    {
        var answer = new Dictionary<string, object?>
        {
            ["id"] = status.Id,
            ["node_id"] = GitHubUrls.Node("Status", status.Id),
            ["url"] = $"{urls.Repo(call.Repository)}/statuses/{status.Sha}",
            ["avatar_url"] = $"{urls.Root}/avatars/{status.Creator}",
            ["state"] = status.State,
            ["context"] = status.Context,
            ["description"] = status.Description,
            ["target_url"] = status.TargetUrl,
            ["created_at"] = status.CreatedAt,
            ["updated_at"] = status.CreatedAt,
        };
        if (withCreator)
            answer["creator"] = UserAnswer.Of(urls, status.Creator);
        return answer;
    }

    private sealed record NewStatus(string? State, string? Context, string? Description, string? TargetUrl);
}
