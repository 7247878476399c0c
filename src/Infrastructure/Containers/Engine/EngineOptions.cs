namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>How the worker's Docker Engine is reached.</summary>
public sealed record EngineOptions
{
    public EngineAddress Address { get; init; } = EngineAddress.Default;

    /// <summary>Folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>, as the docker client has it. With it, TLS is spoken; null for none.</summary>
    public string? Certificates { get; init; }

    /// <summary>Longest wait for the answer to a short call. Builds, pulls and pushes have the step's own limit.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads the settings <c>Docker:Host</c>, <c>Docker:Certificates</c> and <c>Docker:TlsVerify</c>; where one is silent the
    /// docker client's own variable counts (<c>DOCKER_HOST</c>, <c>DOCKER_CERT_PATH</c>, <c>DOCKER_TLS_VERIFY</c>).
    /// </summary>
    /// <param name="setting">Reads a setting by name.</param>
    /// <param name="variable">Reads an environment variable by name.</param>
    /// <exception cref="FormatException">The address cannot be used, or TLS is asked for without certificates.</exception>
    public static EngineOptions Read(Func<string, string?> setting, Func<string, string?> variable)
    {
        var host = First(setting("Docker:Host"), variable("DOCKER_HOST"));
        var certificates = First(setting("Docker:Certificates"), variable("DOCKER_CERT_PATH"));
        var address = host is null ? EngineAddress.Default : EngineAddress.Parse(host);
        var wanted = First(setting("Docker:TlsVerify"), variable("DOCKER_TLS_VERIFY")) is { } text && text is not ("0" or "false" or "False");
        if (address.Socket is not null)
            return new EngineOptions { Address = address };
        // The docker client speaks TLS only when it is told to; a path alone is there on many machines that do not.
        if (wanted && certificates is null)
            throw new FormatException("Docker:TlsVerify asks for TLS; Docker:Certificates must name the folder with ca.pem, cert.pem and key.pem.");
        return new EngineOptions { Address = address, Certificates = wanted || setting("Docker:Certificates") is { Length: > 0 } ? certificates : null };
    }

    private static string? First(string? setting, string? variable) => !string.IsNullOrEmpty(setting) ? setting : string.IsNullOrEmpty(variable) ? null : variable;
}
