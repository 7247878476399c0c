using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>Addresses for tests and people who rehearse: what the owner of a real index does on its pages, and the lag.</summary>
internal static class IndexControls
{
    internal static void MapIndexControls(this IEndpointRouteBuilder app, PackageIndexes indexes)
    {
        var group = app.MapGroup("/sandbox/indexes/{name}");
        group.MapPost("/lag", async (HttpRequest request, string name, CancellationToken cancellationToken) =>
        {
            if (indexes.Find(name) is not { } index)
                return Results.NotFound();
            var lag = await request.ReadFromJsonAsync<LagRequest>(cancellationToken);
            if (lag is not { Milliseconds: >= 0 and <= 3_600_000 })
                return Results.Text("milliseconds from 0 to 3600000 are needed\n", statusCode: StatusCodes.Status400BadRequest);
            index.Lag = TimeSpan.FromMilliseconds(lag.Milliseconds);
            return Results.NoContent();
        });
        group.MapPost("/files/{fileName}/yank", async (string name, string fileName, string? reason, CancellationToken cancellationToken) =>
            indexes.Find(name) is { } index && await index.YankAsync(fileName, reason, cancellationToken) ? Results.NoContent() : Results.NotFound());
        group.MapDelete("/files/{fileName}", async (string name, string fileName, CancellationToken cancellationToken) =>
            indexes.Find(name) is { } index && await index.DeleteAsync(fileName, cancellationToken) ? Results.NoContent() : Results.NotFound());
    }

    private sealed record LagRequest(int Milliseconds);
}
