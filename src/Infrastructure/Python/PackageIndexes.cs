using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Python;

/// <summary>The package indexes of projects, and the client that asks them.</summary>
public sealed class PackageIndexes(TimeProvider time) : IDisposable
{
    // The client sets a deadline for each answer.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, disposeHandler: true)
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private PackageIndexClient? client;

    public PackageIndexClient Client => client ??= new PackageIndexClient(http, time);

    public static PackageIndex Of(IndexAddress address) =>
        new(address.Name, new Uri(address.Upload), new Uri(address.Simple), new Uri(address.Json));

    public static PackageIndex Test(Project project) => Of(project.Settings.TestIndex);

    public static PackageIndex Production(Project project) => Of(project.Settings.ProductionIndex);

    public void Dispose() => http.Dispose();
}
