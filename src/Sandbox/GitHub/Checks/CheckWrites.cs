using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>Check runs that a client creates and drives itself.</summary>
internal static class CheckWrites
{
    private static readonly string[] Conclusions =
        ["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required", "stale"];

    internal static void MapCheckWrites(this IEndpointRouteBuilder repo)
    {
        repo.MapPost("/check-runs", CreateAsync);
        repo.MapPatch("/check-runs/{id:int}", UpdateAsync);
    }

    private static async Task<IResult> CreateAsync(Call call, CheckAnswer answers, CheckEvents events, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<CheckBody>() is not { } body)
            return GitHubErrors.BadJson();
        if (body.Name is not { Length: > 0 })
            return GitHubErrors.Invalid("CheckRun", "name", "missing_field");
        if (await call.Repository.Git.ResolveAsync(body.HeadSha ?? "") is not { } sha)
            return GitHubErrors.Answer(422, $"No commit found for SHA: {body.HeadSha}");
        if (Refusal(body) is { } refusal)
            return refusal;
        using var turn = await call.Repository.EnterAsync();
        var suite = call.State.NextId;
        var run = Apply(new CheckRun { Id = suite + 1, Suite = suite, Name = body.Name, Sha = sha, Status = "queued" }, body, time.GetUtcNow());
        call.Repository.Save_NeedsTurn(call.State with { LastId = call.State.LastId + 2, CheckRuns = call.State.CheckRuns.Add(run) });
        await RecordAsync(call, run, "check.create", effects);
        events.SendRun(call.Repository, run, run.Status == "completed" ? "completed" : "created");
        return call.Ok(answers.Run(call.Repository, run), 201);
    }

    private static async Task<IResult> UpdateAsync(Call call, int id, CheckAnswer answers, CheckEvents events, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<CheckBody>() is not { } body)
            return GitHubErrors.BadJson();
        if (Refusal(body) is { } refusal)
            return refusal;
        using var turn = await call.Repository.EnterAsync();
        if (CheckEndpoints.Find(call, id) is not { } run)
            return GitHubErrors.NotFound();
        var next = Apply(run, body, time.GetUtcNow()) with { Plan = null };
        call.Repository.Save_NeedsTurn(call.State with { CheckRuns = call.State.CheckRuns.Replace(run, next) });
        await RecordAsync(call, next, "check.update", effects);
        if (next.Status == "completed")
            events.SendRun(call.Repository, next, "completed");
        return call.Ok(answers.Run(call.Repository, next));
    }

    private static IResult? Refusal(CheckBody body) => body switch
    {
        { Status: not (null or "queued" or "in_progress" or "completed") } => GitHubErrors.Invalid("CheckRun", "status", "invalid"),
        { Status: "completed", Conclusion: null } => GitHubErrors.Invalid("CheckRun", "conclusion", "missing_field"),
        { Conclusion: { } conclusion } when !Conclusions.Contains(conclusion) => GitHubErrors.Invalid("CheckRun", "conclusion", "invalid"),
        _ => null,
    };

    private static CheckRun Apply(CheckRun run, CheckBody body, DateTimeOffset now)
    {
        var status = body.Conclusion is not null ? "completed" : body.Status ?? run.Status;
        return run with
        {
            Name = body.Name ?? run.Name,
            Status = status,
            Conclusion = body.Conclusion ?? run.Conclusion,
            DetailsUrl = body.DetailsUrl ?? run.DetailsUrl,
            ExternalId = body.ExternalId ?? run.ExternalId,
            StartedAt = body.StartedAt ?? run.StartedAt ?? now,
            CompletedAt = status == "completed" ? body.CompletedAt ?? run.CompletedAt ?? now : null,
            Title = body.Output?.Title ?? run.Title,
            Summary = body.Output?.Summary ?? run.Summary,
            Text = body.Output?.Text ?? run.Text,
            Annotations = run.Annotations.AddRange(body.Output?.Annotations ?? []),
        };
    }

    private static Task<EffectEntry> RecordAsync(Call call, CheckRun run, string action, EffectLog effects) =>
        call.RecordAsync(effects, action, $"{call.Repository.FullName} {run.Name} {run.Conclusion ?? run.Status}", run.Sha);

    private sealed record CheckBody(
        string? Name, string? HeadSha, string? Status, string? Conclusion, string? DetailsUrl, string? ExternalId,
        DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, CheckOutput? Output);

    private sealed record CheckOutput(string? Title, string? Summary, string? Text, IReadOnlyList<Annotation>? Annotations);
}
