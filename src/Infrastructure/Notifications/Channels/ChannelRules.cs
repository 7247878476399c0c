using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>Where a channel leads, checked: what may be shown of it, and what is kept secret.</summary>
/// <param name="MadeKey">A signing key that was made just now, or null.</param>
internal sealed record ChannelDestination(string Target, ChannelSecret Secret, string? MadeKey = null);

/// <summary>What a channel can be.</summary>
public sealed partial class ChannelRules(OutboundHttp http)
{
    private const int ShortestKey = 16;
    private const int LongestSecret = 2000;

    /// <summary>Why name or events cannot be, or null.</summary>
    internal static string? Refuse(ChannelDraft draft, bool ofPerson)
    {
        if (draft.Name is { } name && name.Trim().Length is 0 or > 100 || draft.Name?.Any(char.IsControl) == true)
            return "A channel has a name of 1 to 100 characters.";
        var offered = NoticeKinds.Offered(ofPerson).Select(kind => kind.Id).ToList();
        return draft.Events?.FirstOrDefault(known => !offered.Contains(known)) is { } unknown
            ? $"There is no event '{unknown}'. They are {string.Join(", ", offered)}."
            : null;
    }

    internal Result<ChannelDestination, string> Destination(ChannelKind kind, ChannelDraft draft) => kind switch
    {
        ChannelKind.Email => Email(draft.Address?.Trim() ?? ""),
        ChannelKind.Slack or ChannelKind.Discord => Url(draft).Map(url => new ChannelDestination(Shown(url), new ChannelSecret(url.AbsoluteUri))),
        ChannelKind.Matrix => Url(draft).Then(url => Matrix(url, draft)),
        ChannelKind.Webhook => Url(draft).Then(url => Webhook(url, draft)),
        _ => $"There is no kind of channel {kind}.",
    };

    private static Result<ChannelDestination, string> Email(string address) =>
        address.Length <= 254 && EmailAddress().IsMatch(address)
            ? new ChannelDestination(address, new ChannelSecret())
            : "An e-mail address looks like name@example.org.";

    private Result<Uri, string> Url(ChannelDraft draft)
    {
        if (draft.Url is not { Length: <= LongestSecret } text || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url))
            return "The address looks like https://example.org/path.";
        return http.Refuse(url) is { } fault ? fault : url;
    }

    private static Result<ChannelDestination, string> Matrix(Uri url, ChannelDraft draft)
    {
        if (draft.Room?.Trim() is not { Length: <= 255 } room || !Room().IsMatch(room))
            return "A room looks like !abcdef:example.org; its settings in the client show it.";
        return string.IsNullOrWhiteSpace(draft.Token) || draft.Token.Length > LongestSecret || draft.Token.Any(char.IsControl)
            ? "Matrix needs the access token of the account that writes into the room."
            : new ChannelDestination($"{room} at {Shown(url)}", new ChannelSecret(url.GetLeftPart(UriPartial.Path), draft.Token.Trim(), room));
    }

    private static Result<ChannelDestination, string> Webhook(Uri url, ChannelDraft draft)
    {
        var made = string.IsNullOrEmpty(draft.Key) ? RandomNumberGenerator.GetHexString(64, lowercase: true) : null;
        var key = made ?? draft.Key!;
        return key.Length is < ShortestKey or > LongestSecret
            ? $"A signing key has at least {ShortestKey} characters. Leave it empty to have one made."
            : new ChannelDestination(Shown(url), new ChannelSecret(url.AbsoluteUri, Key: key), made);
    }

    // The path and the query of a webhook are its password.
    private static string Shown(Uri url) => url.Authority;

    // No spaces, controls or angle brackets: the address goes into lines that a mail server reads.
    [GeneratedRegex("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmailAddress();

    [GeneratedRegex("^[!#][^\\s:/?\\u0000-\\u001f]{1,200}(:[A-Za-z0-9.:\\[\\]-]{1,100})?\\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Room();
}
