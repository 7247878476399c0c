using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <summary>Reviews of pull requests.</summary>
internal static class ReviewEndpoints
{
    internal static void MapReviews(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/pulls/{number:int}/reviews", (Call call, int number, GitHubUrls urls) => call.Pull(number) is { } pull
            ? call.Page(pull.Reviews, review => ReviewAnswer.Of(urls, call.Repository, pull, review))
            : GitHubErrors.NotFound());
        repo.MapPost("/pulls/{number:int}/reviews", CreateAsync);
        repo.MapPost("/pulls/{number:int}/reviews/{id:int}/events", SubmitAsync);
    }

    private static async Task<IResult> CreateAsync(
        Call call, int number, GitHubUrls urls, PullEvents events, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<ReviewBody>() is not { } body)
            return GitHubErrors.BadJson();
        using var turn = await call.Repository.EnterAsync();
        if (call.Pull(number) is not { } pull)
            return GitHubErrors.NotFound();
        if (Refusal(call, pull, body) is { } refusal)
            return refusal;
        var review = new Review(call.State.NextId, call.Writer.Login, "PENDING", body.Body ?? "", body.CommitId ?? pull.HeadSha, null);
        pull = pull with { Reviews = pull.Reviews.Add(review) };
        call.Repository.Save_NeedsTurn(call.State with
        {
            LastId = call.State.LastId + 1,
            Pulls = call.State.Pulls.Replace(call.Pull(number)!, pull),
        });
        return body.Event is null
            ? call.Ok(ReviewAnswer.Of(urls, call.Repository, pull, review))
            : await SubmitAsync_NeedsTurn(call, pull, review, body, urls, events, effects, time);
    }

    private static async Task<IResult> SubmitAsync(
        Call call, int number, int id, GitHubUrls urls, PullEvents events, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<ReviewBody>() is not { } body)
            return GitHubErrors.BadJson();
        using var turn = await call.Repository.EnterAsync();
        if (call.Pull(number) is not { } pull || pull.Reviews.FirstOrDefault(found => found.Id == id) is not { } review)
            return GitHubErrors.NotFound();
        if (Refusal(call, pull, body) is { } refusal)
            return refusal;
        return review.SubmittedAt is null && review.Author == call.Writer.Login && body.Event is not null
            ? await SubmitAsync_NeedsTurn(call, pull, review, body, urls, events, effects, time)
            : GitHubErrors.Answer(422, "Can not submit a review that is not pending");
    }

    private static async Task<IResult> SubmitAsync_NeedsTurn(
        Call call, PullRequest pull, Review review, ReviewBody body, GitHubUrls urls, PullEvents events, EffectLog effects, TimeProvider time)
    {
        var state = body.Event switch { "APPROVE" => "APPROVED", "REQUEST_CHANGES" => "CHANGES_REQUESTED", _ => "COMMENTED" };
        var submitted = review with { State = state, Body = body.Body ?? review.Body, SubmittedAt = time.GetUtcNow() };
        var next = pull with { Reviews = pull.Reviews.Replace(review, submitted), UpdatedAt = time.GetUtcNow() };
        var subject = $"{call.Repository.FullName}#{pull.Number} {state.ToLower(CultureInfo.InvariantCulture)}";
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { Pulls = call.State.Pulls.Replace(call.Pull(pull.Number)!, next) },
            "pull.review", subject, submitted.Commit);
        events.SendReview(call.Repository, next, submitted, call.Writer);
        return call.Ok(ReviewAnswer.Of(urls, call.Repository, next, submitted));
    }

    private static IResult? Refusal(Call call, PullRequest pull, ReviewBody body) => body.Event switch
    {
        not (null or "APPROVE" or "REQUEST_CHANGES" or "COMMENT") => GitHubErrors.Answer(422, "Variable $event was provided an invalid value"),
        "APPROVE" when pull.Author == call.Writer.Login => GitHubErrors.Answer(422, "Can not approve your own pull request"),
        "REQUEST_CHANGES" when pull.Author == call.Writer.Login => GitHubErrors.Answer(422, "Can not request changes on your own pull request"),
        _ => null,
    };

    private sealed record ReviewBody(string? Body, string? Event, string? CommitId);
}
