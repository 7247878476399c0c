using ReleaseDashboard.Infrastructure.Webhooks;

namespace ReleaseDashboard.Web.Webhooks;

/// <summary>Where GitHub delivers its events: <c>POST /webhooks/github</c>.</summary>
internal static class WebhookEndpoints
{
    /// <summary>GitHub itself sends no more than 25 MB; what wakes a release is far smaller.</summary>
    private const int MaximumBytes = 5 * 1024 * 1024;

    public static void MapWebhooks(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/webhooks/github", ReceiveAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(HttpRequest request, GitHubWebhook webhook, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or > MaximumBytes)
            return Results.Problem("A delivery names its length and has at most 5 MB.", statusCode: StatusCodes.Status413PayloadTooLarge);
        var body = new byte[request.ContentLength.Value];
        await request.Body.ReadExactlyAsync(body, cancellationToken);
        // GitHub sends both; one that comes with SHA-1 alone is told apart from one without any.
        string? signature = request.Headers["X-Hub-Signature-256"];
        return await webhook.ReceiveAsync(body, signature ?? request.Headers["X-Hub-Signature"], cancellationToken) switch
        {
            WebhookResult.Accepted or WebhookResult.Repeated => Results.Accepted(),
            WebhookResult.Refused => Results.Problem("The signature does not fit any project of this repository.", statusCode: StatusCodes.Status401Unauthorized),
            _ => Results.Problem("This is no event of a repository.", statusCode: StatusCodes.Status400BadRequest),
        };
    }
}
