using System.Text.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Preparation;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Projects;

namespace ReleaseDashboard.Web.Api;

/// <summary>A release to start.</summary>
/// <param name="Project">Short name of the project.</param>
/// <param name="Version">Such as 1.2.0 or 1.2.0b1.</param>
/// <param name="Playbook">Name of the playbook; without it the one for what the project has.</param>
/// <param name="BaseCommit">When given, the development branch has to stand at this commit, else nothing is started.</param>
public sealed record NewRelease(string Project, string Version, string? Playbook = null, string? BaseCommit = null);

/// <summary>Why a release is ended before its end.</summary>
public sealed record Reason(string? Comment);

internal static class ReleasesApi
{
    public static void MapReleaseReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/releases", async (
                    string? project, bool? active, string? status, string? search, Guid? before, int? count, ReleaseQueries releases, CurrentActor actor, CancellationToken cancellationToken) =>
                TryParseStatus(status, out var wanted)
                    ? Results.Ok(await releases.ListAsync(
                        new ReleaseFilter { Visible = (await actor.GetAsync(cancellationToken)).ProjectsWhere(Permission.SeeProject), Project = project, Active = active, Status = wanted, Search = search, Before = before, Count = count ?? 50 }, cancellationToken))
                    : ApiProblems.Invalid($"status is '{status}'; it can be {string.Join(", ", StatusNames)}."))
            .ForSignedIn().Produces<IReadOnlyList<ReleaseSummary>>().ProducesProblem(422)
            .WithSummary("Releases, newest first").WithDescription("The next page begins before the id of this page's last release. Each word of the search is part of a project's or a person's name, whole parts of a version (1.2 finds 1.2.0), or the first 7 or more digits of the commit a release was made from.").WithTags("Releases");
        routes.MapGet("/releases/{id:guid}", async (Guid id, ReleaseQueries releases, CancellationToken cancellationToken) =>
                await releases.FindAsync(id, cancellationToken) is { } release ? Results.Ok(release) : NoRelease())
            .Needs(Permission.SeeProject, release: "id").Produces<ReleaseView>().WithSummary("A release with its stages, steps, evidence and choices").WithTags("Releases");
        routes.MapGet("/releases/{id:guid}/plan", async (Guid id, ReleaseQueries releases, CancellationToken cancellationToken) =>
                await releases.FindAsync(id, cancellationToken) is { } release ? Results.Ok(ReleasePlan.Of(release)) : NoRelease())
            .Needs(Permission.SeeProject, release: "id").Produces<ReleasePlan>().WithSummary("What the release does, step by step, with the inputs as known now").WithTags("Releases");
    }

    public static void MapReleaseWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/releases", StartAsync).Needs(Permission.StartRelease).Produces<ReleaseView>(201).WithSummary("Start a release").WithTags("Releases");
        routes.MapPost("/releases/{id:guid}/abort", async (
                Guid id, Reason body, AbortRelease abort, ReleaseQueries releases, CurrentActor actor, CancellationToken cancellationToken) =>
            {
                var result = await abort.RunAsync(await actor.GetAsync(cancellationToken), id, body.Comment, cancellationToken);
                return result.IsDone ? Results.Ok(await releases.FindAsync(id, cancellationToken)) : ApiProblems.Of(result);
            })
            .Needs(Permission.AbortRelease, release: "id").Produces<ReleaseView>().WithSummary("End a release before its end").WithTags("Releases");
    }

    private static IEnumerable<string> StatusNames => Enum.GetNames<ReleaseStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName);

    // The framework's own binding takes the names of the code only, not those that the answers give.
    private static bool TryParseStatus(string? text, out ReleaseStatus? status)
    {
        status = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!StatusNames.Contains(text, StringComparer.OrdinalIgnoreCase))
            return false;
        status = Enum.Parse<ReleaseStatus>(text, ignoreCase: true);
        return true;
    }

    internal static IResult NoRelease() => ApiProblems.NotFound("There is no such release.");

    private static async Task<IResult> StartAsync(
        NewRelease body, ProjectQueries projects, ReleasePreparation preparation, PlaybookLibrary playbooks, StartRelease start, ReleaseQueries releases, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (await projects.FindAsync(body.Project, cancellationToken) is not { } project || !actor.May(Permission.SeeProject, project.Id))
            return ApiProblems.NotFound($"There is no project {body.Project}.");
        // Before the remote is asked, which takes seconds; the action checks again.
        if (Access.WhyNot(actor, Permission.StartRelease, project.Id) is { } refused)
            return ApiProblems.Of(refused);
        // The version is judged before the remote is asked: that takes seconds.
        if (!Core.Versions.ReleaseTitle.TryParse(body.Version, out _, out var reason))
            return ApiProblems.Invalid($"'{body.Version}' cannot be released: {reason}.");
        var head = await preparation.ResolveAsync(project, cancellationToken);
        if (!head.IsOk)
            return ApiProblems.Invalid(head.Error.Told);
        if (body.BaseCommit is not null && body.BaseCommit != head.Value.BaseCommit)
            return Results.Problem($"The branch {project.Settings.DevBranch} stands at {head.Value.BaseCommit}, not at {body.BaseCommit}. Nothing was started.", statusCode: StatusCodes.Status409Conflict);
        var (id, result) = await start.RunAsync(
            actor, new StartRequest(project.Id, body.Version, body.Playbook ?? PlaybookChoice.Of(playbooks, project) ?? "", head.Value.BaseCommit, head.Value.LastVersion, ""), cancellationToken);
        return id is null ? ApiProblems.Of(result) : Results.Created($"/api/v1/releases/{id}", await releases.FindAsync(id.Value, cancellationToken));
    }
}
