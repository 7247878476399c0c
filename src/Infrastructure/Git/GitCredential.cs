using System.Text;
using ReleaseDashboard.Core.Git;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>A token for one host.</summary>
/// <param name="Site">Any address on the host; the token goes to its scheme, host and port and nowhere else.</param>
/// <param name="UserName">GitHub takes <c>x-access-token</c> with every kind of token.</param>
public sealed record GitCredential(RemoteUrl Site, string Token, string UserName = "x-access-token")
{
    // The generated text would print the token.
    public override string ToString() => $"{UserName} at {Site.Origin}";

    internal string BasicValue => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Token}"));

    internal IReadOnlyList<string> Secrets => [Token, BasicValue];

    /// <summary>git reads settings from these variables; unlike an argument they are not visible to other users, and they reach submodules too.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Settings()
    {
        if (Site.IsFile) yield break;
        yield return new($"http.{Site.Origin}.extraHeader", $"Authorization: Basic {BasicValue}");
        // A redirect could lead the header elsewhere.
        yield return new($"http.{Site.Origin}.followRedirects", "false");
    }
}
