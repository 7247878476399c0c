using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pages;

/// <summary>
/// Lets a person who rehearses a release review as one of the personas. A button is a call to the sandbox's own API, so that rules,
/// effects, webhooks and faults are the same as for any client.
/// </summary>
internal static class ReviewButtons
{
    internal static void MapReviewButtons(this IEndpointRouteBuilder app) => app.MapPost("/{owner}/{repo}/pull/{number:int}/review", ReviewAsync);

    internal static Page ReviewForm(this Page page, SandboxRepository repository, PullRequest pull)
    {
        if (!pull.Open)
            return page;
        var reviewers = Personas.All.Where(persona => persona.Login != pull.Author);
        return page.Buttons(
            $"/{repository.FullName}/pull/{pull.Number}/review",
            [.. reviewers.SelectMany(persona => new[] { ($"APPROVE {persona.Login}", $"Approve as {persona.Name}"), ($"REQUEST_CHANGES {persona.Login}", $"Request changes as {persona.Name}") })]);
    }

    private static async Task<IResult> ReviewAsync(HttpRequest request, string owner, string repo, int number, SandboxRepositories all, GitHubUrls urls)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (form["choice"].ToString().Split(' ') is not [var verdict, var login] || Personas.ByLogin(login) is not { } persona)
            return Results.BadRequest("A choice of the form is expected.");
        if (all.Find(owner, repo) is not { } repository)
            return Results.NotFound();
        using var client = new HttpClient();
        using var review = new HttpRequestMessage(HttpMethod.Post, $"{urls.Repo(repository)}/pulls/{number}/reviews");
        review.Headers.Authorization = new AuthenticationHeaderValue("Bearer", persona.Token);
        review.Content = JsonContent.Create(new { @event = verdict, body = "From the sandbox's page" });
        using var answer = await client.SendAsync(review, request.HttpContext.RequestAborted);
        return answer.IsSuccessStatusCode
            ? Results.Redirect($"/{repository.FullName}/pull/{number}")
            : Results.Text(await answer.Content.ReadAsStringAsync(request.HttpContext.RequestAborted), statusCode: (int)answer.StatusCode);
    }
}
