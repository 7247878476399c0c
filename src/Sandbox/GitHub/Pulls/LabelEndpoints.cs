using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <summary>Labels of pull requests, at the address of their issue as GitHub has it.</summary>
internal static class LabelEndpoints
{
    internal static void MapLabels(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/issues/{number:int}/labels", (Call call, int number, GitHubUrls urls) =>
            call.Pull(number) is { } pull ? Labels(call, urls, pull) : GitHubErrors.NotFound());
        repo.MapPost("/issues/{number:int}/labels", (Call call, int number, GitHubUrls urls, EffectLog effects, TimeProvider time) =>
            ChangeAsync(call, number, urls, effects, time, (old, named) => [.. old.Union(named, StringComparer.OrdinalIgnoreCase)]));
        repo.MapPut("/issues/{number:int}/labels", (Call call, int number, GitHubUrls urls, EffectLog effects, TimeProvider time) =>
            ChangeAsync(call, number, urls, effects, time, (_, named) => [.. named.Distinct(StringComparer.OrdinalIgnoreCase)]));
        repo.MapDelete("/issues/{number:int}/labels/{name}", RemoveAsync);
    }

    internal static object Answer(GitHubUrls urls, SandboxRepository repository, string label)
    {
        // A number that stays the same for the same name, as the real one's does.
        var id = label.Aggregate(17, (sum, letter) => unchecked((sum * 31) + letter)) & int.MaxValue;
        return new Dictionary<string, object?>
        {
            ["id"] = id,
            ["node_id"] = GitHubUrls.Node("Label", id),
            ["url"] = $"{urls.Repo(repository)}/labels/{Uri.EscapeDataString(label)}",
            ["name"] = label,
            ["color"] = "ededed",
            ["default"] = false,
            ["description"] = null,
        };
    }

    private static IResult Labels(Call call, GitHubUrls urls, PullRequest pull) => call.Ok(pull.Labels.Select(label => Answer(urls, call.Repository, label)).ToList());

    private static async Task<IResult> ChangeAsync(
        Call call, int number, GitHubUrls urls, EffectLog effects, TimeProvider time, Func<IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>> change)
    {
        if (await call.ReadAsync<NewLabels>() is not { Labels: { } named } || named.Any(label => label is not { Length: > 0 and <= 50 }))
            return GitHubErrors.BadJson();
        using var turn = await call.Repository.EnterAsync();
        return call.Pull(number) is { } pull ? await SaveAsync_NeedsTurn(call, pull, change(pull.Labels, named), urls, effects, time) : GitHubErrors.NotFound();
    }

    private static async Task<IResult> RemoveAsync(Call call, int number, string name, GitHubUrls urls, EffectLog effects, TimeProvider time)
    {
        using var turn = await call.Repository.EnterAsync();
        if (call.Pull(number) is not { } pull || !pull.Labels.Contains(name, StringComparer.OrdinalIgnoreCase))
            return GitHubErrors.NotFound();
        return await SaveAsync_NeedsTurn(call, pull, [.. pull.Labels.Where(label => !label.Equals(name, StringComparison.OrdinalIgnoreCase))], urls, effects, time);
    }

    private static async Task<IResult> SaveAsync_NeedsTurn(Call call, PullRequest pull, IReadOnlyList<string> labels, GitHubUrls urls, EffectLog effects, TimeProvider time)
    {
        var next = pull with { Labels = [.. labels], UpdatedAt = time.GetUtcNow() };
        await call.SaveAsync_NeedsTurn(
            effects, call.State with { Pulls = call.State.Pulls.Replace(pull, next) }, "pull.label", $"{call.Repository.FullName}#{pull.Number}", next.HeadSha);
        return Labels(call, urls, next);
    }

    private sealed record NewLabels(IReadOnlyList<string>? Labels);
}
