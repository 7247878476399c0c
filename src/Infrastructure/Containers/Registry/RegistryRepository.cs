using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>
/// One repository in a registry, by the OCI distribution API. That something is absent is an answer (null), not a failure.
/// <see href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md"/>
/// </summary>
public sealed partial class RegistryRepository
{
    // Manifests are at most 4 MiB by the specification; so is every other answer that is read whole.
    private const int LargestAnswer = 4 * 1024 * 1024;

    private readonly RegistryTransport transport;

    internal RegistryRepository(ImageRepository name, RegistryTransport transport) => (Name, this.transport) = (name, transport);

    public ImageRepository Name { get; }

    public RegistryEndpoint Endpoint => transport.Endpoint;

    internal RegistryOptions Options => transport.Options;

    internal TimeProvider Time => transport.Time;

    private RegistryScope Reading => RegistryScope.Pull(Name.Path);

    private RegistryScope Writing => RegistryScope.Push(Name.Path);

    /// <summary>Whether both are in one registry, so that a blob can be mounted instead of sent.</summary>
    public bool SharesRegistryWith(RegistryRepository other) => Endpoint.Owns(other.Endpoint.Address);

    /// <summary>Whether the registry answers and the credential is good.</summary>
    public async Task<RegistryError?> PingAsync(CancellationToken cancellation)
    {
        var answer = await transport.ReadAsync(() => new HttpRequestMessage(HttpMethod.Get, transport.Address("v2/")), RegistryScope.None, LargestAnswer, cancellation);
        return answer switch
        {
            { IsOk: false } => answer.Error,
            { Value.IsNotFound: true } => RegistryError.Of(RegistryFailure.Malformed, $"{Endpoint.Name} is no image registry: it has no /v2/."),
            _ => null,
        };
    }

    private Uri At(string path) => transport.Address($"v2/{Name.Path}/{path}");

    public override string ToString() => Name.ToString();
}
