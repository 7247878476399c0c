using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Registries;

internal static class RegistryServices
{
    internal static void AddRegistries(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<SandboxOptions>();
            return new ImageRegistries(
                Path.Combine(options.DataFolder, "registries"), options, provider.GetRequiredService<EffectLog>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IServer>());
        });
        services.AddHostedService(provider => provider.GetRequiredService<ImageRegistries>());
    }

    /// <summary>Answers what comes to a registry's port; the rest of the sandbox does not see it.</summary>
    internal static void UseRegistries(this IApplicationBuilder app)
    {
        var registries = app.ApplicationServices.GetRequiredService<ImageRegistries>();
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        var endpoints = registries.All.ToDictionary(registry => registry, registry => new RegistryEndpoint(registry, time));
        app.Use((context, next) => registries.Of(context) is { } registry ? endpoints[registry].HandleAsync(context) : next(context));
    }

    internal static void MapRegistryControls(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sandbox/registries", (ImageRegistries registries) => Results.Json(registries.All.Select(registry => Show(registries, registry)), SandboxJson.Compact));
        app.MapPost("/sandbox/registries/{name}", async (HttpRequest request, string name, ImageRegistries registries) =>
        {
            if (registries.Find(name) is not { } registry)
                return Results.NotFound();
            if (await RequestJson.ReadAsync<Wanted>(request) is not { } wanted)
                return Results.BadRequest("refuse_mounts (true or false) or authentication (token or basic) is expected, as JSON.");
            registry.RefuseMounts = wanted.RefuseMounts ?? registry.RefuseMounts;
            registry.Authentication = wanted.Authentication ?? registry.Authentication;
            return Results.Json(Show(registries, registry), SandboxJson.Compact);
        });
    }

    private static object Show(ImageRegistries registries, ImageRegistry registry) => new
    {
        name = registry.Name,
        address = registries.AddressOf(registry),
        refuse_mounts = registry.RefuseMounts,
        authentication = registry.Authentication,
        repositories = registry.Repositories,
    };

    private sealed record Wanted(bool? RefuseMounts, RegistryAuthentication? Authentication);
}
