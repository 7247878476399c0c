using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>A project to add.</summary>
/// <param name="Name">Short name, unique.</param>
/// <param name="Repository">OWNER/NAME.</param>
/// <param name="IsSandbox">Whether its remotes are simulated.</param>
public sealed record NewProject(string Name, string Repository, ProjectSettings Settings, bool IsSandbox = false);

internal static class ProjectsApi
{
    public static void MapProjectReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects", async (ProjectQueries projects, CurrentActor actor, CancellationToken cancellationToken) =>
                await projects.ListAsync(await actor.GetAsync(cancellationToken), cancellationToken))
            .ForSignedIn().WithSummary("The projects that you may see, each with its last release").WithTags("Projects");
        routes.MapGet("/projects/{name}", async (string name, ProjectQueries projects, CancellationToken cancellationToken) =>
                await projects.FindAsync(name, cancellationToken) is { } project ? Results.Ok(project) : ApiProblems.NotFound($"There is no project {name}."))
            .Needs(Permission.SeeProject, project: "name").Produces<Project>().WithSummary("One project with its settings").WithTags("Projects");
    }

    public static void MapProjectWrites(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/projects", async (NewProject body, CreateProject create, CurrentActor actor, CancellationToken cancellationToken) =>
            {
                var result = await create.RunAsync(await actor.GetAsync(cancellationToken), body.Name, body.Repository, body.IsSandbox, body.Settings, cancellationToken);
                return result.IsOk ? Results.Created($"/api/v1/projects/{result.Value.Name}", result.Value) : ApiProblems.Of(result.Error);
            })
            .Needs(Permission.AddProject).Produces<Project>(201).WithSummary("Add a project").WithTags("Projects");
}
