using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>Opens repositories of registries. Those of one registry and user share connections and tokens.</summary>
public sealed class RegistryClients(RegistryOptions options, TimeProvider time) : IDisposable
{
    private const int Kept = 64;

    private readonly RegistryHttp http = new(time);
    private readonly ConcurrentDictionary<string, RegistryTransport> known = new(StringComparer.Ordinal);

    public RegistryClients(TimeProvider time)
        : this(new RegistryOptions(), time) { }

    /// <param name="credential">Null for what is public.</param>
    /// <exception cref="FormatException">The address was stored without being checked.</exception>
    public RegistryRepository Open(RegistryAddress address, RegistryCredential? credential) =>
        Open(ImageRepository.Parse(address.Repository), address.Insecure, credential);

    /// <param name="insecure">Whether plain HTTP is spoken.</param>
    /// <param name="credential">Null for what is public.</param>
    public RegistryRepository Open(ImageRepository repository, bool insecure, RegistryCredential? credential)
    {
        if (known.Count > Kept)
            known.Clear();
        var transport = known.GetOrAdd(
            Key(repository.Registry, insecure, credential),
            _ => new RegistryTransport(http, RegistryEndpoint.Of(repository.Registry, insecure), credential, options, time));
        return new RegistryRepository(repository, transport);
    }

    public void Dispose() => http.Dispose();

    // A hash, so that no password stands in a table for a dump to show.
    private static string Key(string registry, bool insecure, RegistryCredential? credential) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{registry}\n{insecure}\n{credential?.User}\n{credential?.Password}")));
}
