using System.Text;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Audit.Exporting;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Web.Audit;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>Which entries: the query of a list and of an export.</summary>
internal sealed class AuditQuery
{
    /// <summary>Name of a person or worker.</summary>
    public string? Actor { get; init; }

    /// <summary>The same, as the page's address calls it.</summary>
    public string? Person { get; init; }

    public string? Project { get; init; }

    public Guid? Release { get; init; }

    /// <summary>An action; one that ends in a dot stands for all that begin so.</summary>
    public string? Action { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public long? Before { get; init; }

    public int? Count { get; init; }

    public AuditFilter ToFilter() => new()
    {
        Actor = Actor ?? Person, Project = Project, Release = Release, Action = string.IsNullOrEmpty(Action) ? null : Action, From = From, To = To, Before = Before, Count = Count ?? 100,
    };
}

internal static class AuditApi
{
    public static void MapAuditReads(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit").WithTags("Audit");
        routes.MapGet("/audit", async ([AsParameters] AuditQuery query, AuditQueries entries, AuditAccess access, CancellationToken cancellationToken) =>
                await entries.ListAsync(query.ToFilter() with { Visible = await access.VisibleAsync(cancellationToken) }, cancellationToken))
            .ForSignedIn().Produces<IReadOnlyList<AuditRow>>().WithSummary("Who did what, newest first").WithTags("Audit")
            .WithDescription("An action ending in a dot stands for all that begin so. The next page begins before the sequence of this page's last entry.");
        audit.MapGet("/export.{format}", ExportAsync).ForSignedIn()
            .WithSummary("Every entry that matches, as jsonl (JSON Lines) or csv").WithDescription("Streamed, newest first. Cells of CSV that a spreadsheet would take for a formula begin with an apostrophe.");
        audit.MapGet("/verify", (AuditVerify verify, CancellationToken cancellationToken) => verify.RunAsync(cancellationToken))
            .Needs(Permission.ReadAudit).Produces<AuditVerification>().ProducesProblem(403).WithSummary("Check every entry, the checkpoints and the tree");
    }

    public static void MapAuditWrites(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/audit/verify", VerifyAsync).Needs(Permission.ReadAudit).Produces<AuditVerification>().WithTags("Audit")
            .WithSummary("Check every entry against checkpoints that were kept elsewhere").WithDescription("The body is the text of one checkpoint or of a file of them.");

    private static async Task<IResult> ExportAsync(
        string format, [AsParameters] AuditQuery query, AuditExport export, AuditAccess access, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<AuditExportFormat>(format, ignoreCase: true, out var chosen) || !Enum.IsDefined(chosen) || char.IsDigit(format[0]))
            return ApiProblems.NotFound("An export is jsonl or csv.");
        var filter = query.ToFilter() with { Visible = await access.VisibleAsync(cancellationToken) };
        return Results.Stream(
            stream => export.WriteAsync(stream, filter, chosen, cancellationToken), AuditExport.ContentTypeOf(chosen), $"audit-{time.GetUtcNow():yyyyMMdd-HHmmss}.{format.ToLowerInvariant()}");
    }

    private static async Task<IResult> VerifyAsync(HttpRequest request, AuditVerify verify, CancellationToken cancellationToken)
    {
        if (request.ContentLength > AuditVerifyRequest.MaximumLength)
            return ApiProblems.Invalid("The checkpoints are too long.");
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellationToken);
        return Results.Ok(await verify.RunAsync(new AuditVerifyRequest(text), null, cancellationToken));
    }
}
