using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.History;

namespace ReleaseDashboard.Web.Api;

/// <summary>Filters of the history, as the page has them, with exact times.</summary>
internal sealed record HistoryQuery
{
    /// <summary>Words that must all fit: part of a project's or person's name, or whole parts of a version.</summary>
    public string? Search { get; init; }

    public string? Project { get; init; }

    public string? Person { get; init; }

    /// <summary>published or aborted.</summary>
    public string? Outcome { get; init; }

    /// <summary>true for rehearsals only, false for releases only.</summary>
    public bool? Rehearsal { get; init; }

    public string? Playbook { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Only releases older than the one with this id.</summary>
    public Guid? Before { get; init; }

    /// <summary>Only releases newer than the one with this id, those next to it.</summary>
    public Guid? After { get; init; }

    public int? Count { get; init; }

    public bool IsUsable() => Outcome is null or "published" or "aborted";

    public HistoryFilter ToFilter() => new()
    {
        Search = Search, Project = Project, Person = Person, IsPublished = Outcome is null ? null : Outcome == "published", IsRehearsal = Rehearsal, Playbook = Playbook,
        From = From, To = To, Before = Before, After = After, Count = Count ?? 50,
    };
}

/// <summary>Notes to save.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="Revision">The revision that they change; 0 for the draft.</param>
internal sealed record NewNotes(string? Text, int? Revision);

/// <summary>Two releases with all that differs.</summary>
internal sealed record FullComparison(ReleaseComparison Releases, CommitComparison Commits);

internal static class HistoryApi
{
    public static void MapHistoryReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/history", async ([AsParameters] HistoryQuery query, HistoryReader history, CurrentActor current, CancellationToken cancellationToken) =>
                query.IsUsable() ? Results.Ok(await history.ListAsync(await current.GetAsync(cancellationToken), query.ToFilter(), cancellationToken)) : BadOutcome(query))
            .ForSignedIn().Produces<HistoryPageView>().ProducesProblem(422).WithSummary("Releases that are over, newest first")
            .WithDescription("The next page has before=ID of this page's last release, the page before it after=ID of its first. Search takes words that must all fit: part of a project's or person's name, or whole parts of a version (1.2 finds 1.2.0).").WithTags("History");
        routes.MapGet("/history/export", async ([AsParameters] HistoryQuery query, string? format, HistoryExport export, CurrentActor current, CancellationToken cancellationToken) =>
                query.IsUsable() ? HistoryEndpoints.Export(export, await current.GetAsync(cancellationToken), query.ToFilter(), format, cancellationToken) : BadOutcome(query))
            .ForSignedIn().Produces(200, contentType: "text/csv", additionalContentTypes: "application/jsonl").ProducesProblem(422)
            .WithSummary("Everything that fits, streamed").WithDescription("format is csv (safe for spreadsheets: nothing in it is taken for a formula) or jsonl.").WithTags("History");
        routes.MapGet("/projects/{name}/trends", TrendsAsync).Needs(Permission.SeeProject, project: "name").Produces<Trends>().WithSummary("Lead time, waiting, failures and sizes of a project")
            .WithDescription("Over the releases of the last year, at most two hundred of them. Months begin in UTC. Durations are hh:mm:ss.").WithTags("History");
        routes.MapGet("/releases/{id:guid}/timeline", async (Guid id, ReleaseTimelines timelines, CurrentActor current, CancellationToken cancellationToken) =>
                await timelines.FindAsync(await current.GetAsync(cancellationToken), id, cancellationToken) is { } timeline ? Results.Ok(timeline) : ReleasesApi.NoRelease())
            .Needs(Permission.SeeProject, release: "id").Produces<ReleaseTimeline>().WithSummary("Where the time of a release went, step by step").WithTags("History");
        routes.MapGet("/releases/{id:guid}/compare", async (Guid id, ReleaseComparisons comparisons, CurrentActor current, CancellationToken cancellationToken) =>
                await comparisons.PreviousAsync(id, cancellationToken) is { } other ? await CompareAsync(id, other, comparisons, current, cancellationToken) : ApiProblems.NotFound("There is no release before it to compare with."))
            .Needs(Permission.SeeProject, release: "id").Produces<FullComparison>().WithSummary("What differs from the release before").WithTags("History");
        routes.MapGet("/releases/{id:guid}/compare/{other:guid}", CompareAsync).Needs(Permission.SeeProject, release: "id").Produces<FullComparison>().WithSummary("What differs between two releases of a project")
            .WithDescription("People, stages, commits, package contents, dependencies and images with their layers. Where something cannot be read, its trouble says why.").WithTags("History");
        routes.MapGet("/releases/{id:guid}/notes", async (Guid id, NotesStore notes, CurrentActor current, CancellationToken cancellationToken) =>
                await notes.FindAsync(await current.GetAsync(cancellationToken), id, null, cancellationToken) is { } found ? Results.Ok(found) : ReleasesApi.NoRelease())
            .Needs(Permission.SeeProject, release: "id").Produces<ReleaseNotesView>().WithSummary("The notes of a release").WithDescription("Revision 0 is a draft made from merged pull requests: nobody has saved notes yet.").WithTags("History");
    }

    public static void MapHistoryWrites(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/releases/{id:guid}/notes", async (Guid id, NewNotes body, NotesStore notes, CurrentActor current, CancellationToken cancellationToken) =>
            {
                var actor = await current.GetAsync(cancellationToken);
                if (body.Text is null || body.Revision is not { } revision)
                    return ApiProblems.Invalid("Send text, and the revision that it changes (0 for the draft).");
                var saved = await notes.SaveAsync(actor, id, body.Text, revision, cancellationToken);
                return saved.IsDone ? Results.Ok(await notes.FindAsync(actor, id, null, cancellationToken)) : ApiProblems.Of(saved);
            })
            .Needs(Permission.EditNotes, release: "id").Produces<ReleaseNotesView>().WithSummary("Save the notes of a release")
            .WithDescription("Refused (409) when somebody has saved since that revision, or when the notes are published. Approvals that wait show the new text; an approval of another text does not cover it.").WithTags("History");

    private static async Task<IResult> TrendsAsync(string name, HistoryTrends trends, HistoryProjects projects, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        return (await projects.NamesAsync(actor, cancellationToken)).Contains(name, StringComparer.Ordinal)
            ? Results.Ok(await trends.ReadAsync(actor, new HistoryFilter { Project = name }, TimeZoneInfo.Utc, cancellationToken))
            : ApiProblems.NotFound($"There is no project {name}.");
    }

    private static async Task<IResult> CompareAsync(Guid id, Guid other, ReleaseComparisons comparisons, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (await comparisons.FindAsync(actor, id, other, cancellationToken) is not { } found)
            return ApiProblems.NotFound("One of the releases is not there, or they belong to two projects.");
        var full = found with { Images = await comparisons.LayersAsync(actor, id, other, cancellationToken) };
        return Results.Ok(new FullComparison(full, await comparisons.CommitsAsync(actor, id, other, cancellationToken)));
    }

    private static IResult BadOutcome(HistoryQuery query) => ApiProblems.Invalid($"outcome is '{query.Outcome}'; it can be published or aborted.");
}
