using Microsoft.AspNetCore.Mvc;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Releases;

/// <summary>What belongs to a release and is no page.</summary>
public static class ReleaseEndpoints
{
    public static void MapReleaseEndpoints(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/releases/{id:guid}/attempts/{attemptId:guid}/log", LogAsync).Needs(Permission.SeeProject, release: "id");

    /// <summary>The whole log of an attempt as it is now, as text; secrets are masked in it.</summary>
    private static async Task<IResult> LogAsync(
        Guid id, Guid attemptId, [FromServices] ReleaseDetails details, [FromServices] LogStore logs, CancellationToken cancellationToken)
    {
        if (!await details.HasAttemptAsync(id, attemptId, cancellationToken))
            return Results.NotFound();
        return Results.Stream(stream => WriteAsync(stream, logs, attemptId, cancellationToken), "text/plain; charset=utf-8");
    }

    private static async Task WriteAsync(Stream stream, LogStore logs, Guid attemptId, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        await foreach (var chunk in logs.ReadAsync(attemptId, 1, cancellationToken))
        {
            foreach (var line in chunk.Lines)
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
            await writer.FlushAsync(cancellationToken);
        }
    }
}
