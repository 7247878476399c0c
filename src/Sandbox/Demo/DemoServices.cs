using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Import;

namespace ReleaseDashboard.Sandbox.Demo;

internal static class DemoServices
{
    internal static void AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoProject>();
        services.AddSingleton<DemoImages>();
        services.AddSingleton<RepositoryImport>();
    }
}
