using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.EndToEnd.Tests.Repositories;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>One product with a real engine for the tests of a class. Its registries are the sandbox's, between which workflows copy.</summary>
public sealed class ImagesProduct : IAsyncLifetime
{
    private ProductProcess? product;
    private ReleaseDriver? driver;
    private Dictionary<string, string> hosts = [];

    internal static RegistryLogin Preproduction { get; } = new("sandbox", "sandbox-preproduction-token");

    internal static RegistryLogin Production { get; } = new("sandbox", "sandbox-production-token");

    internal ReleaseDriver Driver => driver!;

    /// <param name="team">Whose repositories they are in both registries.</param>
    internal ImageVariants Variants(string team) => new(hosts["preproduction"], hosts["production"]) { FamilyName = $"{team}/words" };

    /// <summary>What the registry before production holds.</summary>
    internal async Task<IReadOnlyList<string>> RepositoriesAsync() =>
        [.. (await Driver.Sandbox.GetAsync("/sandbox/registries")).AsArray().Single(registry => registry!["name"]!.GetValue<string>() == "preproduction")!["repositories"]!.AsArray()
            .Select(name => name!.GetValue<string>())];

    public async ValueTask InitializeAsync()
    {
        (await Emulation.IsReadyAsync()).ShouldBeTrue("qemu-user-static and binfmt_misc are needed.");
        product = await ProductProcess.StartAsync(settings: [$"Docker:Host={(await DockerEngine.SharedAsync()).Host}"]);
        driver = await ReleaseDriver.CreateAsync(product);
        hosts = (await driver.Sandbox.GetAsync("/sandbox/registries")).AsArray()
            .ToDictionary(registry => registry!["name"]!.GetValue<string>(), registry => new Uri(registry!["address"]!.GetValue<string>()).Authority);
    }

    public async ValueTask DisposeAsync()
    {
        driver?.Dispose();
        if (product is not null)
            await product.DisposeAsync();
    }
}
