using Microsoft.Extensions.Hosting;
using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>The sandbox's package indexes. Production is also the ordinary index that dependencies and build tools come from.</summary>
public sealed class PackageIndexes(string folder, EffectLog effects, TimeProvider time, WheelFolders wheels) : IHostedService, IDisposable
{
    /// <summary>Stands for the index that uploads are tried on.</summary>
    public PackageIndex Test { get; } = new("test", Path.Combine(folder, "test"), effects, time);

    /// <summary>Stands for the index that everybody installs from.</summary>
    public PackageIndex Production { get; } = new("production", Path.Combine(folder, "production"), effects, time, wheels);

    /// <returns>Null when there is no index of that name.</returns>
    public PackageIndex? Find(string name) => name switch
    {
        "test" => Test,
        "production" => Production,
        _ => null,
    };

    async Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        await Test.RecordUnrecordedUploadsAsync(cancellationToken);
        await Production.RecordUnrecordedUploadsAsync(cancellationToken);
    }

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        Test.Dispose();
        Production.Dispose();
    }
}
