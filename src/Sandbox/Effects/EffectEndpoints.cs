using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Effects;

internal static class EffectEndpoints
{
    internal static void AddEffectLog(this IServiceCollection services) =>
        services.AddSingleton(provider => new EffectLog(
            Path.Combine(provider.GetRequiredService<SandboxOptions>().DataFolder, "effects.jsonl"),
            provider.GetRequiredService<TimeProvider>()));

    internal static void MapEffects(this IEndpointRouteBuilder app) =>
        app.MapGet("/sandbox/effects", (EffectLog log) => Results.Json(log.Read(), SandboxJson.Compact));
}
