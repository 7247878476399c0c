using System.Net.Http.Json;
using System.Text;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>Discord's webhooks. Nobody is mentioned, whatever the text says: the list of allowed mentions is empty, and markup is escaped.</summary>
public sealed class DiscordSender(OutboundHttp http, NotificationOptions options) : IChannelSender
{
    private const int Longest = 2000;
    private const int SuppressEmbeds = 1 << 2;
    private const string Markup = "\\`*_~|<>#[]()-:";

    public ChannelKind Kind => ChannelKind.Discord;

    public async Task<SendOutcome> SendAsync(ChannelAddress address, Parcel parcel, CancellationToken cancellationToken)
    {
        var body = new { content = Content(parcel), flags = SuppressEmbeds, allowed_mentions = new { parse = Array.Empty<string>() } };
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Secret.Url) { Content = JsonContent.Create(body) };
        return await http.SendAsync(request, cancellationToken);
    }

    private string Content(Parcel parcel)
    {
        var text = new StringBuilder();
        var shown = 0;
        foreach (var message in parcel.Messages)
        {
            var part = Part(message);
            // Room is kept for the last line.
            if (text.Length + part.Length > Longest - 40)
                break;
            text.Append(part);
            shown++;
        }
        if (shown < parcel.Messages.Count)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"and {parcel.Messages.Count - shown} more");
        return text.ToString();
    }

    private string Part(ChannelMessage message)
    {
        var head = options.PublicUrl is null ? $"**{Escape(Cut(message.Headline, 300))}**" : $"[{Escape(Cut(message.Headline, 300))}](<{options.Link(message.Path)}>)";
        return message.Text.Length == 0 ? head + "\n" : $"{head}\n{Escape(Cut(message.Text, 400))}\n";
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";

    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (Markup.Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(c);
            // An invisible joiner takes "@everyone" apart also for bots that repeat the text.
            if (c == '@')
                escaped.Append('\u2060');
        }
        return escaped.ToString();
    }
}
