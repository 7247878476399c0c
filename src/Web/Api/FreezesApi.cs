using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>A freeze to make.</summary>
/// <param name="Project">Short name of the project; null for all.</param>
/// <param name="From">Null for now.</param>
/// <param name="Until">Null for a lock until somebody lifts it.</param>
public sealed record FreezeRequest(string? Project, string? Reason, DateTimeOffset? From, DateTimeOffset? Until);

internal static class FreezesApi
{
    public static void MapFreezeReads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/freezes", async (string? project, FreezeQueries freezes, ProjectQueries projects, CurrentActor current, CancellationToken cancellationToken) =>
            {
                var actor = await current.GetAsync(cancellationToken);
                if (project is null)
                    return Results.Ok((await freezes.ListAsync(null, cancellationToken)).Where(freeze => freeze.ProjectId is null || actor.May(Permission.SeeProject, freeze.ProjectId)));
                return await projects.FindAsync(project, cancellationToken) is { } found && actor.May(Permission.SeeProject, found.Id)
                    ? Results.Ok(await freezes.ListAsync(found.Id, cancellationToken))
                    : ApiProblems.NotFound($"There is no project {project}.");
            })
            .ForSignedIn().Produces<IReadOnlyList<FreezeView>>().WithSummary("Freezes in force, to come and over").WithTags("Freezes");

    public static void MapFreezeWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/freezes", CreateAsync).Needs(Permission.Freeze).Produces<FreezeView>(201).WithSummary("Freeze the releases of a project, or of all").WithTags("Freezes");
        routes.MapPost("/freezes/{id:guid}/lift", async (Guid id, Reason body, LiftFreeze lift, CurrentActor actor, CancellationToken cancellationToken) =>
                Answer(await lift.RunAsync(await actor.GetAsync(cancellationToken), id, body.Comment, cancellationToken)))
            .Needs(Permission.Freeze).Produces(204).WithSummary("End a freeze before its end, with the reason as comment").WithTags("Freezes");
        routes.MapPost("/releases/{id:guid}/override-freeze", async (Guid id, Reason body, OverrideFreeze pass, CurrentActor actor, CancellationToken cancellationToken) =>
                Answer(await pass.RunAsync(await actor.GetAsync(cancellationToken), id, body.Comment, cancellationToken)))
            .Needs(Permission.OverrideFreeze, release: "id").Produces(204).WithSummary("Let one release publish in spite of the freezes in force, with the reason as comment").WithTags("Freezes");
    }

    private static IResult Answer(ActionResult result) => result.IsDone ? Results.NoContent() : ApiProblems.Of(result);

    private static async Task<IResult> CreateAsync(
        FreezeRequest body, CreateFreeze create, FreezeQueries freezes, ProjectQueries projects, CurrentActor actor, CancellationToken cancellationToken)
    {
        Guid? project = null;
        if (body.Project is { } name)
        {
            if (await projects.FindAsync(name, cancellationToken) is not { } found)
                return ApiProblems.NotFound($"There is no project {name}.");
            project = found.Id;
        }
        var (id, result) = await create.RunAsync(await actor.GetAsync(cancellationToken), new NewFreeze(project, body.Reason, body.From, body.Until), cancellationToken);
        if (id is null)
            return ApiProblems.Of(result);
        return Results.Created($"/api/v1/freezes/{id}", (await freezes.ListAsync(project, cancellationToken)).Single(freeze => freeze.Id == id));
    }
}
