using ReleaseDashboard.EndToEnd.Tests.Product;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>One product for the tests of a class: each works on a repository of its own in it.</summary>
public sealed class RunningProduct : IAsyncLifetime
{
    private ProductProcess? product;
    private ReleaseDriver? driver;

    internal ReleaseDriver Driver => driver!;

    public async ValueTask InitializeAsync()
    {
        product = await ProductProcess.StartAsync();
        driver = await ReleaseDriver.CreateAsync(product);
    }

    public async ValueTask DisposeAsync()
    {
        driver?.Dispose();
        if (product is not null)
            await product.DisposeAsync();
    }
}
