namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Who may write to a registry. Made up, and known to everybody.</summary>
public sealed record RegistryCredentials(string User, string Token)
{
    /// <summary>Credentials of the sandbox's registry of this name.</summary>
    public static RegistryCredentials Of(string registry) => new("sandbox", $"sandbox-{registry}-token");
}

/// <summary>How a registry asks who calls. Basic credentials are taken in either case.</summary>
public enum RegistryAuthentication
{
    /// <summary>
    /// With access tokens, as Docker Hub does: everybody gets one to read, only the owner of the credentials one to write. The
    /// <c>docker</c> client can read without an account in no other way.
    /// </summary>
    Token,

    /// <summary>With user name and password.</summary>
    Basic,
}
