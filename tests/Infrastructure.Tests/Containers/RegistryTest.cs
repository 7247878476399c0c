using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>Opens repositories quickly: short pauses, so that a test of retries does not wait.</summary>
public abstract class RegistryTest : IDisposable
{
    private protected readonly RegistryClients clients = new(
        new RegistryOptions { RetryDelay = TimeSpan.FromMilliseconds(5), LongestWait = TimeSpan.FromSeconds(2), Stall = TimeSpan.FromSeconds(10) }, TimeProvider.System);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected RegistryRepository Open(RegistryServer server, string path) => Open(server.Host, path, Credential(server));

    private protected RegistryRepository Open(FaultProxy proxy, string path, RegistryCredential? credential = null) => Open(proxy.Host, path, credential);

    private protected RegistryRepository Open(string host, string path, RegistryCredential? credential) =>
        clients.Open(ImageRepository.Parse($"{host}/{path}"), insecure: true, credential);

    private protected static RegistryCredential? Credential(RegistryServer server) => server.Login is { } login ? new RegistryCredential(login.User, login.Password) : null;

    private protected static ImageTag Tag(string text) => ImageTag.Parse(text);

    public void Dispose()
    {
        clients.Dispose();
        GC.SuppressFinalize(this);
    }
}
