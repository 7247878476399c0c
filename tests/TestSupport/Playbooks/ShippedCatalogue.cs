using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.TestSupport.Playbooks;

/// <summary>The kinds and variables of this version of the product, as a worker has them.</summary>
public static class ShippedCatalogue
{
    private static readonly Lazy<PlaybookCatalogue> Lazily = new(Read);

    public static PlaybookCatalogue Instance => Lazily.Value;

    private static PlaybookCatalogue Read()
    {
        var folder = Path.GetTempPath();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddReleaseDashboard(new InfrastructureOptions(
            new DatabaseOptions { SqliteFile = Path.Combine(folder, "never-opened.db") }, new WorkerOptions { DataFolder = folder }, folder, IsWorker: false));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<StepCatalogue>().Playbooks;
    }
}
