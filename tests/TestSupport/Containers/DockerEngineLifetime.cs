namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>Stops the shared engine after the last test of an assembly.</summary>
public sealed class DockerEngineLifetime : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await DockerEngine.StopSharedAsync();
}
