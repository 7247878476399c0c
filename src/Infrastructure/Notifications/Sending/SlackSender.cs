using System.Net.Http.Json;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>
/// Slack's incoming webhooks. What people wrote goes into rich text, which has no markup; the plain line for notifications
/// is escaped by Slack's three entities, so that neither a mention nor a link can be smuggled in.
/// </summary>
public sealed class SlackSender(OutboundHttp http, NotificationOptions options) : IChannelSender
{
    public ChannelKind Kind => ChannelKind.Slack;

    public async Task<SendOutcome> SendAsync(ChannelAddress address, Parcel parcel, CancellationToken cancellationToken)
    {
        var body = new
        {
            text = Escape(parcel.Summary),
            unfurl_links = false,
            blocks = new[] { new { type = "rich_text", elements = parcel.Messages.Select(Section) } },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Secret.Url) { Content = JsonContent.Create(body) };
        return await http.SendAsync(request, cancellationToken);
    }

    internal static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private object Section(ChannelMessage message)
    {
        var link = options.Link(message.Path);
        // Slack refuses a link that is no address.
        object head = options.PublicUrl is null
            ? new { type = "text", text = message.Headline, style = new { bold = true } }
            : new { type = "link", url = link, text = message.Headline };
        return new
        {
            type = "rich_text_section",
            elements = message.Text.Length == 0 ? new[] { head, Text("\n") } : [head, Text($"\n{message.Text}\n")],
        };
    }

    private static object Text(string text) => new { type = "text", text };
}
