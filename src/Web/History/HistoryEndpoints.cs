using System.Text;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Time;
using ReleaseDashboard.Web.History.Badges;

namespace ReleaseDashboard.Web.History;

/// <summary>What belongs to history and is no page: exports, badges, feeds.</summary>
internal static class HistoryEndpoints
{
    public static void MapHistoryEndpoints(this IEndpointRouteBuilder endpoints)
    {
        // With the filters of the page's own address, for the person who is signed in.
        endpoints.MapGet("/history/export", async (
            [AsParameters] HistoryAddress address, string? format, HistoryExport export, CurrentActor current, BrowserTimeProvider clock, CancellationToken cancellationToken) =>
            Export(export, await current.GetAsync(cancellationToken), address.ToFilter(clock, 1), format, cancellationToken)).ForSignedIn().ExcludeFromDescription();
        endpoints.MapBadges();
        endpoints.MapFeeds();
    }

    /// <summary>The answer of an export: streamed, offered as a file.</summary>
    /// <param name="format"><c>csv</c> or <c>jsonl</c>; CSV without it.</param>
    public static IResult Export(HistoryExport export, Core.People.Actor actor, HistoryFilter filter, string? format, CancellationToken cancellationToken)
    {
        var lines = format is "jsonl" or "ndjson";
        if (!lines && format is not (null or "" or "csv"))
            return Results.Problem($"format is '{format}'; it can be csv or jsonl.", statusCode: StatusCodes.Status422UnprocessableEntity);
        return Results.Stream(
            async stream =>
            {
                await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                if (lines)
                    await export.WriteJsonLinesAsync(actor, filter, writer, cancellationToken);
                else
                    await export.WriteCsvAsync(actor, filter, writer, cancellationToken);
            },
            lines ? "application/jsonl; charset=utf-8" : "text/csv; charset=utf-8",
            lines ? "history.jsonl" : "history.csv");
    }
}
