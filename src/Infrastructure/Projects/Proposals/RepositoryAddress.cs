using System.Diagnostics.CodeAnalysis;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Projects.Proposals;

/// <summary>A repository of GitHub, or of a GitHub server, and the addresses that follow from its name.</summary>
/// <param name="Repository"><c>OWNER/NAME</c>.</param>
/// <param name="GitUrl">To clone from.</param>
/// <param name="WebUrl">To look at.</param>
/// <param name="Api">Base of the REST API, with a slash at its end.</param>
public sealed record RepositoryAddress(RepositoryName Repository, string GitUrl, string WebUrl, string Api)
{
    private const string GitHub = "github.com";

    /// <summary>Reads what people paste: <c>OWNER/NAME</c>, the address of a page, or one to clone from.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RepositoryAddress? address)
    {
        address = null;
        var (host, path) = Split((text ?? "").Trim());
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (host.Length == 0 || parts.Length < 2)
            return false;
        // What follows the name leads to a page of the repository: /tree/dev, /issues.
        var name = parts[1].EndsWith(".git", StringComparison.Ordinal) ? parts[1][..^4] : parts[1];
        if (!RepositoryName.TryParse($"{parts[0]}/{name}", out var repository))
            return false;
        var web = $"https://{host}/{repository}";
        var api = host == GitHub ? "https://api.github.com/" : $"https://{host}/api/v3/";
        address = new RepositoryAddress(repository, web + ".git", web, api);
        return true;
    }

    private static (string Host, string Path) Split(string text)
    {
        if (text.StartsWith("git@", StringComparison.Ordinal) && text.Split(':', 2) is [var user, var rest])
            return (user["git@".Length..].ToLowerInvariant(), rest);
        if (text.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "ssh" && uri.UserInfo is "" or "git"
                ? (Host(uri), uri.AbsolutePath)
                : ("", "");
        }

        return text.StartsWith(GitHub + "/", StringComparison.OrdinalIgnoreCase) ? (GitHub, text[GitHub.Length..])
            // More than one slash without a host is no name.
            : text.Count(letter => letter == '/') == 1 ? (GitHub, text)
            : ("", "");
    }

    private static string Host(Uri uri) => uri.Host is "www." + GitHub ? GitHub : uri.Scheme == "ssh" ? uri.Host : uri.Authority;
}
