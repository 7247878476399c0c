using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.Indexes;

internal static class IndexEndpoints
{
    internal static void AddPackageIndexes(this IServiceCollection services)
    {
        services.AddSingleton(provider => new PackageIndexes(
            Path.Combine(provider.GetRequiredService<SandboxOptions>().DataFolder, "indexes"),
            provider.GetRequiredService<EffectLog>(),
            provider.GetRequiredService<TimeProvider>(),
            WheelFolders.FromEnvironment));
        services.AddHostedService(provider => provider.GetRequiredService<PackageIndexes>());
    }

    internal static void MapPackageIndexes(this IEndpointRouteBuilder app)
    {
        var indexes = app.ServiceProvider.GetRequiredService<PackageIndexes>();
        var publicAddress = app.ServiceProvider.GetRequiredService<SandboxOptions>().PublicAddress;
        foreach (var index in new[] { indexes.Test, indexes.Production })
        {
            IndexAddresses Addresses(HttpRequest request) => new(request, index, publicAddress);
            var group = app.MapGroup($"/indexes/{index.Name}");
            group.MapPost("/legacy/", (HttpContext context) => UploadEndpoint.HandleAsync(context, index));
            group.MapGet("/simple/", (HttpRequest request) => Simple(
                request, () => SimplePages.ProjectsHtml(index, Addresses(request)), () => SimplePages.ProjectsJson(index)));
            group.MapGet("/simple/{project}/", (HttpRequest request, string project) => SimpleProject(request, index, Addresses(request), project));
            group.MapGet("/pypi/{project}/json", (HttpRequest request, string project) => Document(index, Addresses(request), project, version: null));
            group.MapGet("/pypi/{project}/{version}/json",
                (HttpRequest request, string project, string version) => Document(index, Addresses(request), project, version));
            group.MapMethods("/files/{project}/{fileName}", ["GET", "HEAD"], (string project, string fileName) =>
                index.Files(project).FirstOrDefault(file => file.File.FileName == fileName) is { } found
                    ? Results.File(found.Path, "application/octet-stream", enableRangeProcessing: true)
                    : Results.NotFound());
        }

        app.MapIndexControls(indexes);
    }

    private static IResult SimpleProject(HttpRequest request, PackageIndex index, IndexAddresses addresses, string project)
    {
        var normalized = ProjectName.Normalize(project);
        if (project != normalized || !request.Path.Value!.EndsWith('/'))
            return Results.Redirect(addresses.SimpleProject(normalized), permanent: true);
        var files = index.Files(normalized);
        return files.Count == 0
            ? Results.NotFound()
            : Simple(
                request,
                () => SimplePages.ProjectHtml(normalized, files, addresses),
                () => SimplePages.ProjectJson(normalized, files, addresses));
    }

    private static IResult Simple(HttpRequest request, Func<string> html, Func<JsonObject> json)
    {
        request.HttpContext.Response.Headers.Vary = "Accept";
        return SimpleFormat.Choose(request) switch
        {
            null => Results.StatusCode(StatusCodes.Status406NotAcceptable),
            SimpleFormat.Json => Results.Text(json().ToJsonString(), SimpleFormat.Json),
            var type => Results.Text(html(), type + "; charset=utf-8"),
        };
    }

    private static IResult Document(PackageIndex index, IndexAddresses addresses, string project, string? version) =>
        index.Files(project) is { Count: > 0 } files && ProjectDocument.Create(files, version, addresses) is { } document
            ? Results.Text(document.ToJsonString(), "application/json")
            : Results.Text("{\"message\": \"Not Found\"}", "application/json", statusCode: StatusCodes.Status404NotFound);
}
