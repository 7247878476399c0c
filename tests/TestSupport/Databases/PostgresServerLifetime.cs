namespace ReleaseDashboard.TestSupport.Databases;

/// <summary>Stops the shared server after the last test of an assembly.</summary>
public sealed class PostgresServerLifetime : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgresServer.StopSharedAsync();
}
