namespace ReleaseDashboard.Web.Releases;

/// <summary>Addresses that came from outside: only plain web addresses become links.</summary>
public static class SafeLink
{
    public static string? Of(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri.AbsoluteUri : null;

    /// <summary>A tag on the project's host, with its release when it has one; null when the project's address is no web address.</summary>
    public static string? Tag(string webUrl, string tag) => Of($"{webUrl.TrimEnd('/')}/releases/tag/{Uri.EscapeDataString(tag)}");

    /// <summary>A commit on the project's host; null when the project's address is no web address.</summary>
    public static string? Commit(string webUrl, string sha) => Of($"{webUrl.TrimEnd('/')}/commit/{Uri.EscapeDataString(sha)}");
}
