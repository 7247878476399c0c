using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>TLS with a client certificate, as <c>docker --tlsverify</c> does it: only the folder's own authority is trusted.</summary>
internal sealed class EngineTls : IDisposable
{
    private readonly X509Certificate2 authority;
    private readonly X509Certificate2 own;

    private EngineTls(X509Certificate2 authority, X509Certificate2 own) => (this.authority, this.own) = (authority, own);

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file is no certificate or key.</exception>
    public static EngineTls Load(string folder) => new(
        X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "ca.pem")),
        X509Certificate2.CreateFromPemFile(Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem")));

    public SslClientAuthenticationOptions OptionsFor(string host) => new()
    {
        TargetHost = host,
        ClientCertificates = [own],
        // Without this only certificates of authorities that the server names would be sent, and Go names none.
        LocalCertificateSelectionCallback = (_, _, _, _, _) => own,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors),
    };

    public void Dispose()
    {
        authority.Dispose();
        own.Dispose();
    }

    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        // A private authority of this kind publishes no revocations.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(server);
    }
}
