using System.Text;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <param name="Number">Line number, from 1.</param>
public sealed record LogLine(long Number, string Text);

/// <summary>A log, or the part of it that was asked for.</summary>
/// <param name="Finished">Whether no more lines will come in this attempt.</param>
public sealed record StepLog(Guid AttemptId, int Attempt, bool Finished, IReadOnlyList<LogLine> Lines);

internal static class LogsApi
{
    public static void MapLogReads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/releases/{id:guid}/steps/{key}/log", ReadAsync).Needs(Permission.SeeProject, release: "id")
            .Produces<StepLog>().Produces<string>(200, "text/plain", "text/event-stream").WithTags("Logs")
            .WithSummary("The log of a step's last attempt, or of the one asked for")
            .WithDescription("JSON, or with `Accept: text/plain` the lines themselves. With follow=true the answer goes on until the attempt ends: lines of text, or with `Accept: text/event-stream` events whose id is the line number.");

    private static async Task<IResult> ReadAsync(
        Guid id, string key, int? attempt, long? from, bool? follow, HttpRequest request, LedgerStore ledger, LogStore logs, LogFollower follower, CancellationToken cancellationToken)
    {
        if (await FindAsync(ledger, id, key, attempt, cancellationToken) is not { } found)
            return ApiProblems.NotFound("There is no such attempt: the release or step is unknown, or the step has not begun.");
        var first = Math.Max(1, from ?? 1);
        var accept = request.Headers.Accept.ToString();
        if (follow == true)
            return Follow(follower, found, first, accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase));
        if (accept.Contains("text/plain", StringComparison.OrdinalIgnoreCase))
            return Results.Stream(body => WriteAsync(body, logs, found.Id, first, cancellationToken), "text/plain; charset=utf-8");
        var lines = new List<LogLine>();
        await foreach (var chunk in logs.ReadAsync(found.Id, first, cancellationToken))
            lines.AddRange(chunk.Lines.Select((text, at) => new LogLine(chunk.First + at, text)));
        return Results.Ok(new StepLog(found.Id, found.Number, found.FinishedAt is not null, lines));
    }

    private static async Task<AttemptRecord?> FindAsync(LedgerStore ledger, Guid releaseId, string key, int? number, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Attempts
            .Where(attempt => attempt.ReleaseId == releaseId && (number == null || attempt.Number == number)
                && db.Steps.Any(step => step.Id == attempt.StepId && step.Key == key))
            .OrderByDescending(attempt => attempt.Number).FirstOrDefaultAsync(cancellationToken);
    }

    private static async Task WriteAsync(Stream body, LogStore logs, Guid attemptId, long first, CancellationToken cancellationToken)
    {
        await foreach (var chunk in logs.ReadAsync(attemptId, first, cancellationToken))
            await body.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(chunk.Lines.Select(line => line + '\n'))), cancellationToken);
    }

    private static IResult Follow(LogFollower follower, AttemptRecord attempt, long first, bool events) => Results.Stream(
        async body =>
        {
            await foreach (var chunk in follower.FollowAsync(attempt.ReleaseId, attempt.Id, first))
            {
                var text = new StringBuilder();
                for (var at = 0; at < chunk.Lines.Count; at++)
                {
                    if (events)
                        text.Append("id: ").Append(chunk.First + at).Append("\ndata: ").Append(chunk.Lines[at].ReplaceLineEndings(" ")).Append("\n\n");
                    else
                        text.Append(chunk.Lines[at]).Append('\n');
                }
                await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
                await body.FlushAsync();
            }
            if (events)
                await body.WriteAsync("event: end\ndata: \n\n"u8.ToArray());
        },
        events ? "text/event-stream" : "text/plain; charset=utf-8");
}
