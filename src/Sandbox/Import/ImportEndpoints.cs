using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Import;

/// <summary>What to import.</summary>
/// <param name="Repository"><c>OWNER/NAME</c> in the sandbox.</param>
/// <param name="From">A path of this machine, or an http(s) address.</param>
public sealed record ImportRequest(string Repository, string From);

internal static class ImportEndpoints
{
    internal static void MapImport(this IEndpointRouteBuilder app) =>
        app.MapPost("/sandbox/import", async (HttpRequest request, RepositoryImport import, CancellationToken cancellationToken) =>
        {
            // The content type makes browsers ask first: a page from elsewhere must not bring files of this machine in.
            if (!request.HasJsonContentType() || await RequestJson.ReadAsync<ImportRequest>(request) is not { Repository: { } repository, From: { } from })
                return Results.Text("\"repository\" and \"from\" are expected, as application/json.\n", statusCode: StatusCodes.Status400BadRequest);
            return await import.ImportAsync(repository, from, cancellationToken) switch
            {
                ImportResult.Imported imported => Results.Json(imported, SandboxJson.Compact, statusCode: StatusCodes.Status201Created),
                ImportResult.Refused refused => Results.Text(refused.Reason, statusCode: StatusCodes.Status422UnprocessableEntity),
                var other => throw new InvalidOperationException($"Unknown result {other}."),
            };
        });
}
