using ReleaseDashboard.Core.Images;
using ReleaseDashboard.EndToEnd.Tests.Repositories;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>Where images are built and kept: a real engine, a preproduction registry with a login, an open production registry.</summary>
internal sealed class ImageSite : IAsyncDisposable
{
    public static RegistryLogin Login { get; } = new("pre", "secret-of-preproduction");

    private readonly RegistryServer preproduction;
    private readonly RegistryServer production;

    private ImageSite(DockerEngine engine, RegistryServer preproduction, RegistryServer production) =>
        (Engine, this.preproduction, this.production) = (engine, preproduction, production);

    public DockerEngine Engine { get; }

    public ImageVariants Variants => new(preproduction.Host, production.Host);

    /// <summary>With a base image for both platforms, and an older release of another family in production.</summary>
    public static async Task<ImageSite> StartAsync(CancellationToken cancellation)
    {
        var site = new ImageSite(await DockerEngine.SharedAsync(), await RegistryServer.StartAsync(Login), await RegistryServer.StartAsync());
        await FillAsync(site.Variants, Login, null, cancellation);
        return site;
    }

    /// <summary>Puts what is there before the first release into two registries: the base image, and an older release of another family in production.</summary>
    public static async Task FillAsync(ImageVariants variants, RegistryLogin preproduction, RegistryLogin? production, CancellationToken cancellation)
    {
        using var clients = new RegistryClients(TimeProvider.System);
        RegistryRepository Open(string name, RegistryLogin? login) =>
            clients.Open(ImageRepository.Parse(name), insecure: true, login is null ? null : new RegistryCredential(login.User, login.Password));
        string[] platforms = [.. ImageVariants.Platforms.Select(platform => platform.ToString())];
        await new SampleImages(Open(variants.Base, preproduction)).IndexAsync(platforms, [500], cancellation, ImageTag.Parse("1"));
        var older = new SampleImages(Open(variants.Published, production));
        foreach (var tag in new[] { "0.1.0-debian", "debian", "latest" })
            await older.IndexAsync(platforms, [300], cancellation, ImageTag.Parse(tag));
    }

    public async ValueTask DisposeAsync()
    {
        await preproduction.DisposeAsync();
        await production.DisposeAsync();
    }
}
