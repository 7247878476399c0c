using System.Text.RegularExpressions;

namespace ReleaseDashboard.TestSupport.Notifications;

/// <summary>The link of a message that asks to confirm an e-mail address, as a person would open it.</summary>
/// <param name="Path">Path and query: what stands after the host.</param>
public sealed partial record ConfirmationLink(string Path, string Code)
{
    public static ConfirmationLink In(TakenMail mail)
    {
        var link = Link().Match(mail.Part("text/plain"));
        link.Success.ShouldBeTrue(mail.Part("text/plain"));
        return new ConfirmationLink(link.Groups["path"].Value, link.Groups["code"].Value);
    }

    [GeneratedRegex("(?<path>/(?:settings/notifications|projects/[^/]+/channels)[?]channel=[0-9a-f-]{36}&code=(?<code>[0-9a-f]{64}))\\r", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
