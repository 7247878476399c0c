using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Where a Docker Engine listens: <c>unix:///var/run/docker.sock</c>, <c>tcp://build.example:2376</c>.</summary>
public sealed record EngineAddress
{
    private const int PlainPort = 2375;
    private const int TlsPort = 2376;

    private EngineAddress(string? socket, string host, int port) => (Socket, Host, Port) = (socket, host, port);

    /// <summary>Path of the socket, or null for a network address.</summary>
    public string? Socket { get; }

    /// <summary>Host name or address; empty for a socket.</summary>
    public string Host { get; }

    /// <summary>Port, or 0 when the address names none.</summary>
    public int Port { get; }

    public static EngineAddress Default { get; } = new("/var/run/docker.sock", "", 0);

    public static bool TryParse(string? text, [NotNullWhen(true)] out EngineAddress? address, [NotNullWhen(false)] out string? fault)
    {
        address = Read(text ?? "");
        fault = address is null ? $"'{text}' is not the address of a Docker Engine such as unix:///var/run/docker.sock or tcp://build.example:2376." : null;
        return address is not null;
    }

    public static EngineAddress Parse(string text) => TryParse(text, out var address, out var fault) ? address : throw new FormatException(fault);

    /// <summary>The port to call: the usual one where the address names none.</summary>
    public int PortFor(bool tls) => Port != 0 ? Port : tls ? TlsPort : PlainPort;

    public override string ToString() => Socket is not null ? $"unix://{Socket}" : Port == 0 ? $"tcp://{Host}" : $"tcp://{Host}:{Port}";

    private static EngineAddress? Read(string text)
    {
        if (text.StartsWith("unix://", StringComparison.Ordinal))
            return text["unix://".Length..] is ['/', _, ..] path ? new EngineAddress(path, "", 0) : null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "tcp", Host.Length: > 0, UserInfo: "", PathAndQuery: "" or "/" }
            ? new EngineAddress(null, uri.Host, uri.IsDefaultPort || uri.Port < 0 ? 0 : uri.Port)
            : null;
    }
}
