using ReleaseDashboard.Core.Images;
using ReleaseDashboard.EndToEnd.Tests.Repositories;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>Where images are built and kept: a real engine, a preproduction registry with a login, an open production registry.</summary>
internal sealed class ImageSite : IAsyncDisposable
{
    public static RegistryLogin Login { get; } = new("pre", "secret-of-preproduction");

    private ImageSite(DockerEngine engine, ImageVariants variants) => (Engine, Variants) = (engine, variants);

    public DockerEngine Engine { get; }

    public ImageVariants Variants { get; }

    /// <summary>With a base image for both platforms, and an older release of another family in production.</summary>
    public static async Task<ImageSite> StartAsync(CancellationToken cancellation)
    {
        var engine = await DockerEngine.SharedAsync();
        var site = new ImageSite(engine, new ImageVariants(await RegistryServer.StartAsync(Login), await RegistryServer.StartAsync()));
        using var clients = new RegistryClients(TimeProvider.System);
        RegistryRepository Open(string name, RegistryLogin? login) =>
            clients.Open(ImageRepository.Parse(name), insecure: true, login is null ? null : new RegistryCredential(login.User, login.Password));
        string[] platforms = [.. ImageVariants.Platforms.Select(platform => platform.ToString())];
        await new SampleImages(Open(site.Variants.Base, Login)).IndexAsync(platforms, [500], cancellation, ImageTag.Parse("1"));
        var older = new SampleImages(Open(site.Variants.Published, null));
        foreach (var tag in new[] { "0.1.0-debian", "debian", "latest" })
            await older.IndexAsync(platforms, [300], cancellation, ImageTag.Parse(tag));
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await Variants.Preproduction.DisposeAsync();
        await Variants.Production.DisposeAsync();
    }
}
