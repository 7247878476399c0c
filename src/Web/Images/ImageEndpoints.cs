using System.Text;
using Microsoft.AspNetCore.Mvc;
using ReleaseDashboard.Core.Images.Graphs;
using ReleaseDashboard.Core.Images.Graphs.Drawing;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Images;
using ReleaseDashboard.Infrastructure.Preparation;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Images;

/// <summary>The build graph as files, to be put into documents.</summary>
public static class ImageEndpoints
{
    public static void MapImageEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/projects/{name}/images/graph.svg", (string name, [FromServices] ProjectQueries projects, [FromServices] ImageBuildReader reader, CancellationToken cancellationToken) =>
            WriteAsync(name, projects, reader, "image/svg+xml", "svg", graph => SvgDocument.Of(graph, $"How the images of {name} are built"), cancellationToken)).Needs(Permission.SeeProject, project: "name");
        endpoints.MapGet("/projects/{name}/images/graph.mmd", (string name, [FromServices] ProjectQueries projects, [FromServices] ImageBuildReader reader, CancellationToken cancellationToken) =>
            WriteAsync(name, projects, reader, "text/plain; charset=utf-8", "mmd", MermaidText.Of, cancellationToken)).Needs(Permission.SeeProject, project: "name");
    }

    // As a download: the page's policy lets no style run inside a document that is shown.
    private static async Task<IResult> WriteAsync(
        string name, ProjectQueries projects, ImageBuildReader reader, string type, string ending, Func<BuildGraph, string> write, CancellationToken cancellationToken)
    {
        if (await projects.FindAsync(name, cancellationToken) is not { Settings.Images: not null } project)
            return Results.NotFound();
        var build = await reader.ReadAsync(project, refresh: false, cancellationToken);
        return build.IsOk
            ? Results.File(Encoding.UTF8.GetBytes(write(build.Value.Graph)), type, $"{name}-images.{ending}")
            : Results.Problem(build.Error, statusCode: StatusCodes.Status502BadGateway);
    }
}
