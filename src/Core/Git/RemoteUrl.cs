using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Core.Git;

/// <summary>
/// The address of a repository: https or http, and file where it is allowed. Transport helpers such as <c>ext::</c> run programs
/// and are refused; so are addresses with a password, because addresses are shown.
/// </summary>
public sealed record RemoteUrl
{
    private RemoteUrl(string value) => Value = value;

    public string Value { get; }

    public Uri Uri => new(Value);

    public bool IsFile => Uri.IsFile;

    /// <summary>Scheme, host and port with a slash at the end: the widest place where a credential for this address may be sent.</summary>
    public string Origin => Uri.GetLeftPart(UriPartial.Authority) + "/";

    public static bool TryParse(
        string? text, bool allowFile, [NotNullWhen(true)] out RemoteUrl? url, [NotNullWhen(false)] out string? fault)
    {
        fault = Fault(text, allowFile);
        url = fault is null ? new RemoteUrl(text!) : null;
        return url is not null;
    }

    public static RemoteUrl Parse(string text, bool allowFile = false) =>
        TryParse(text, allowFile, out var url, out var fault) ? url : throw new FormatException(fault);

    /// <summary>Resolves an address as submodules have it, relative (<c>../name.git</c>) or whole, against this one.</summary>
    public bool TryResolve(string text, bool allowFile, [NotNullWhen(true)] out RemoteUrl? url, [NotNullWhen(false)] out string? fault)
    {
        var relative = text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal);
        return TryParse(relative ? new Uri(new Uri(Value.TrimEnd('/') + "/"), text).AbsoluteUri : text, allowFile, out url, out fault);
    }

    public override string ToString() => Value;

    private static string? Fault(string? text, bool allowFile)
    {
        if (string.IsNullOrWhiteSpace(text)) return "An address is needed.";
        if (text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) return "An address holds no white space and no control characters.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !text.Contains("://", StringComparison.Ordinal) || text.StartsWith('/'))
            return $"'{text}' is not a full address such as https://github.com/OWNER/NAME.git.";
        if (uri.UserInfo.Length > 0) return "An address holds no user name and no password: store the token as a secret.";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0) return "The address of a repository has no query and no fragment.";
        return uri.Scheme switch
        {
            "https" or "http" => null,
            "file" when allowFile && uri.Host.Length == 0 => null,
            _ => $"Addresses with {uri.Scheme}: are not allowed here.",
        };
    }
}
