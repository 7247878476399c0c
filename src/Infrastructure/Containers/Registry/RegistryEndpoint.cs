using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>Where a registry answers.</summary>
/// <param name="Name">As it stands in names of images: <c>docker.io</c>, <c>127.0.0.1:5000</c>.</param>
/// <param name="Address">With a slash at the end.</param>
public sealed record RegistryEndpoint(string Name, Uri Address)
{
    // Docker Hub's names carry a host that serves a web page; this one serves the API.
    private const string DockerHubHost = "registry-1.docker.io";

    /// <param name="insecure">Whether plain HTTP is spoken.</param>
    public static RegistryEndpoint Of(string registry, bool insecure) =>
        new(registry, new Uri($"{(insecure ? "http" : "https")}://{(registry == ImageRepository.DockerHub ? DockerHubHost : registry)}/"));

    public bool IsInsecure => Address.Scheme == Uri.UriSchemeHttp;

    /// <summary>The same scheme, host and port: where credentials of this registry may go.</summary>
    public bool Owns(Uri address) => Uri.Compare(address, Address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>
    /// Whether user and password may be sent to the token service that the registry names. Docker Hub's is on another host, so
    /// any host is taken over HTTPS, as all clients do; in the clear only the registry's own host.
    /// </summary>
    public bool Trusts(Uri realm) => realm.Scheme == Uri.UriSchemeHttps || (IsInsecure && realm.Scheme == Uri.UriSchemeHttp && IsHost(realm));

    /// <summary>Whether an address on another host is followed, without credentials: never from HTTPS into the clear.</summary>
    public bool Follows(Uri address) => address.Scheme == Uri.UriSchemeHttps || (IsInsecure && address.Scheme == Uri.UriSchemeHttp);

    private bool IsHost(Uri address) => string.Equals(address.Host, Address.Host, StringComparison.OrdinalIgnoreCase);
}
