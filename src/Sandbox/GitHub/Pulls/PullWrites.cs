using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <summary>Opening and editing pull requests.</summary>
internal static class PullWrites
{
    internal static void MapPullWrites(this IEndpointRouteBuilder repo)
    {
        repo.MapPost("/pulls", CreateAsync);
        repo.MapPatch("/pulls/{number:int}", UpdateAsync);
    }

    private static async Task<IResult> CreateAsync(
        Call call, PullAnswer answers, PullEvents events, CheckStarter checks, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<NewPull>() is not { } body)
            return GitHubErrors.BadJson();
        using var turn = await call.Repository.EnterAsync();
        var head = body.Head?[(body.Head.IndexOf(':', StringComparison.Ordinal) + 1)..] ?? "";
        var (refusal, headSha, baseSha) = await CheckAsync(call, body, head);
        if (refusal is not null)
            return refusal;
        var state = call.State;
        var now = time.GetUtcNow();
        var pull = new PullRequest
        {
            Id = state.NextId,
            Number = state.Pulls.Select(other => other.Number).DefaultIfEmpty().Max() + 1,
            Title = body.Title!,
            Body = body.Body,
            Head = head,
            HeadSha = headSha!,
            Base = body.Base!,
            BaseSha = baseSha!,
            Author = call.Writer.Login,
            Draft = body.Draft,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await call.SaveAsync_NeedsTurn(
            effects,
            state with { LastId = state.LastId + 1, Pulls = state.Pulls.Add(pull) },
            "pull.create", $"{call.Repository.FullName}#{pull.Number}", pull.HeadSha);
        await events.SendAsync(call.Repository, pull, "opened", call.Writer);
        await checks.StartAsync_NeedsTurn(call.Repository, pull, "opened", call.Writer);
        return call.Ok(await answers.FullAsync(call.Repository, pull), 201);
    }

    private static async Task<(IResult? Refusal, string? Head, string? Base)> CheckAsync(Call call, NewPull body, string head)
    {
        if (body.Title is not { Length: > 0 })
            return (GitHubErrors.Invalid("PullRequest", "title", "missing_field"), null, null);
        var git = call.Repository.Git;
        if (await git.RefAsync("refs/heads/" + head) is not { } headRef)
            return (GitHubErrors.Invalid("PullRequest", "head", "invalid"), null, null);
        if (await git.RefAsync("refs/heads/" + body.Base) is not { } baseRef)
            return (GitHubErrors.Invalid("PullRequest", "base", "invalid"), null, null);
        if (call.State.Pulls.Any(pull => pull.Open && pull.Head == head && pull.Base == body.Base))
            return (Custom($"A pull request already exists for {call.State.Owner}:{head}."), null, null);
        return await git.ContainsAsync(baseRef.Sha, headRef.Sha)
            ? (Custom($"No commits between {body.Base} and {head}"), null, null)
            : (null, headRef.Sha, baseRef.Sha);
    }

    private static async Task<IResult> UpdateAsync(
        Call call, int number, PullAnswer answers, PullEvents events, CheckStarter checks, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<PullEdit>() is not { } body)
            return GitHubErrors.BadJson();
        using var turn = await call.Repository.EnterAsync();
        if (call.Pull(number) is not { } pull)
            return GitHubErrors.NotFound();
        if (body.State is not (null or "open" or "closed"))
            return GitHubErrors.Invalid("PullRequest", "state", "invalid");
        if (body.State == "open" && pull.MergedAt is not null)
            return Custom("The pull request cannot be reopened: it was merged.");
        var now = time.GetUtcNow();
        var open = body.State is null ? pull.Open : body.State == "open";
        var next = pull with
        {
            Title = body.Title ?? pull.Title,
            Body = body.Body ?? pull.Body,
            Open = open,
            ClosedAt = open ? null : pull.ClosedAt ?? now,
            UpdatedAt = now,
        };
        var action = (pull.Open, next.Open) switch { (true, false) => "close", (false, true) => "reopen", _ => "update" };
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { Pulls = call.State.Pulls.Replace(pull, next) },
            "pull." + action, $"{call.Repository.FullName}#{number}", next.HeadSha);
        await events.SendAsync(call.Repository, next, action switch { "close" => "closed", "reopen" => "reopened", _ => "edited" }, call.Writer);
        if (action == "reopen")
            await checks.StartAsync_NeedsTurn(call.Repository, next, "reopened", call.Writer);
        return call.Ok(await answers.FullAsync(call.Repository, next));
    }

    private static IResult Custom(string message) => GitHubErrors.Invalid("PullRequest", "base", "custom", message);

    private sealed record NewPull(string? Title, string? Head, string? Base, string? Body, bool Draft = false);

    private sealed record PullEdit(string? Title, string? Body, string? State);
}
