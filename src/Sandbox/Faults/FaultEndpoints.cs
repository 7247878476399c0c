using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Faults;

internal static class FaultEndpoints
{
    internal static void AddFaultRules(this IServiceCollection services)
    {
        services.AddSingleton<FaultRules>();
        services.AddSingleton<LastAnswers>();
    }

    internal static void UseFaults(this IApplicationBuilder app) => app.UseMiddleware<FaultMiddleware>();

    internal static void MapFaults(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sandbox/faults", (FaultRules rules) => Results.Json(rules.List(), SandboxJson.Compact));
        app.MapPost("/sandbox/faults", async (HttpRequest request, FaultRules rules) =>
            await RequestJson.ReadAsync<FaultRule>(request) is { } rule
                ? Results.Json(rules.Add(rule), SandboxJson.Compact, statusCode: StatusCodes.Status201Created)
                : Results.BadRequest("A fault rule with at least a kind is expected, as JSON."));
        app.MapDelete("/sandbox/faults", (FaultRules rules) =>
        {
            rules.Clear();
            return Results.NoContent();
        });
        app.MapDelete("/sandbox/faults/{id}", (string id, FaultRules rules) => rules.Remove(id) ? Results.NoContent() : Results.NotFound());
    }
}
