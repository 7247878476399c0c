using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Hooks;

/// <summary>Webhooks of a repository.</summary>
internal static class HookEndpoints
{
    internal static void MapHooks(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/hooks", (Call call, GitHubUrls urls) => call.Page(call.State.Hooks, hook => Answer(call, urls, hook)));
        repo.MapPost("/hooks", CreateAsync);
        repo.MapDelete("/hooks/{id:int}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(Call call, GitHubUrls urls, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<NewHook>() is not { } body)
            return GitHubErrors.BadJson();
        if (body.Config?.Url is not { } url || !LoopbackAddresses.IsLoopback(url))
            return GitHubErrors.Invalid("Hook", "url", "custom", "The sandbox delivers to loopback addresses only.");
        using var turn = await call.Repository.EnterAsync();
        var hook = new Hook(call.State.NextId, url, body.Config.Secret, [.. body.Events ?? ["push"]], body.Active, time.GetUtcNow());
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { LastId = call.State.LastId + 1, Hooks = call.State.Hooks.Add(hook) },
            "hook.create", $"{call.Repository.FullName} {url}", null);
        return call.Ok(Answer(call, urls, hook), 201);
    }

    private static async Task<IResult> DeleteAsync(Call call, int id, EffectLog effects)
    {
        using var turn = await call.Repository.EnterAsync();
        if (call.State.Hooks.FirstOrDefault(hook => hook.Id == id) is not { } hook)
            return GitHubErrors.NotFound();
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { Hooks = call.State.Hooks.Remove(hook) },
            "hook.delete", $"{call.Repository.FullName} {hook.Url}", null);
        return Results.NoContent();
    }

    private static object Answer(Call call, GitHubUrls urls, Hook hook)
    {
        var url = $"{urls.Repo(call.Repository)}/hooks/{hook.Id}";
        var config = new Dictionary<string, string> { ["url"] = hook.Url, ["content_type"] = "json", ["insecure_ssl"] = "0" };
        if (hook.Secret is not null)
            config["secret"] = "********";
        return new
        {
            type = "Repository",
            id = hook.Id,
            name = "web",
            active = hook.Active,
            events = hook.Events,
            config,
            url,
            test_url = url + "/test",
            ping_url = url + "/pings",
            deliveries_url = url + "/deliveries",
            created_at = hook.CreatedAt,
            updated_at = hook.CreatedAt,
            last_response = new { code = (int?)null, status = "unused", message = (string?)null },
        };
    }

    private sealed record NewHook(HookConfig? Config, IReadOnlyList<string>? Events, bool Active = true);

    private sealed record HookConfig(string? Url, string? Secret);
}
