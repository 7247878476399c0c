using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Everything the Images page reads.</summary>
public static class ImageServices
{
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.TryAddSingleton<RegistryClients>();
        services.AddSingleton<RegistryAccess>();
        services.AddSingleton<IImageReader, RegistryImageReader>();
        services.AddSingleton<ImageBuildReader>();
        services.AddSingleton<ImageLooks>();
        services.AddSingleton<ImageSizes>();
        services.AddSingleton<BasePlatforms>();
        return services;
    }
}
