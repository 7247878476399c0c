using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>The one client of this process for package indexes.</summary>
internal sealed class PackageIndexes(TimeProvider time) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan, // the client has deadlines of its own
    };

    public PackageIndexClient Client => field ??= new PackageIndexClient(http, time);

    public void Dispose() => http.Dispose();
}
