using System.Buffers.Text;
using System.Text.Json;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Credentials for one registry, handed to the engine with a pull, a push or a build. Written nowhere but for one build by buildx, which reads nothing else.</summary>
/// <param name="Server">Host and port: <c>registry.example:5000</c>.</param>
public sealed record EngineLogin(string Server, string User, string Password)
{
    internal RegistryHeader ForOne() => new("X-Registry-Auth", Encode(new { username = User, password = Password, serveraddress = Server }));

    /// <summary>For a build, which may pull from several.</summary>
    internal static RegistryHeader? ForMany(IReadOnlyList<EngineLogin> logins) => logins.Count == 0 ? null : new RegistryHeader(
        "X-Registry-Config",
        Encode(logins.ToDictionary(login => login.Server, login => new { username = login.User, password = login.Password })));

    // The engine will not push without the header, though it may be empty.
    internal static RegistryHeader Nobody { get; } = new("X-Registry-Auth", Encode(new { }));

    // The generated text would print the password.
    public override string ToString() => $"{User} at {Server}";

    private static string Encode(object value)
    {
        var text = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
        // Go's decoder wants the padding.
        return text.PadRight((text.Length + 3) / 4 * 4, '=');
    }
}

/// <summary>A header that holds credentials.</summary>
internal sealed record RegistryHeader(string Name, string Value)
{
    public override string ToString() => Name;
}
