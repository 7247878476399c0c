using Microsoft.Extensions.DependencyInjection;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Everything the Images page reads.</summary>
public static class ImageServices
{
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.AddSingleton<ImageBuildReader>();
        services.AddSingleton<ImageLooks>();
        services.AddSingleton<ImageSizes>();
        services.AddSingleton<BasePlatforms>();
        return services;
    }
}
