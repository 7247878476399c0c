using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>
/// A room of Matrix, by the client-server API. The transaction id is the delivery's, so that the server itself drops a repeat;
/// the empty list of mentions makes sure that nobody is pinged by what somebody wrote.
/// </summary>
public sealed class MatrixSender(OutboundHttp http, NotificationOptions options) : IChannelSender
{
    public ChannelKind Kind => ChannelKind.Matrix;

    public async Task<SendOutcome> SendAsync(ChannelAddress address, Parcel parcel, CancellationToken cancellationToken)
    {
        var server = address.Secret.Url!.TrimEnd('/');
        var path = $"/_matrix/client/v3/rooms/{Uri.EscapeDataString(address.Secret.Room!)}/send/m.room.message/{parcel.Id:N}";
        var body = new Dictionary<string, object>
        {
            ["msgtype"] = "m.notice",
            ["body"] = string.Join("\n\n", parcel.Messages.Select(Plain)),
            ["format"] = "org.matrix.custom.html",
            ["formatted_body"] = string.Join("<br>", parcel.Messages.Select(Html)),
            ["m.mentions"] = new Dictionary<string, object>(),
        };
        using var request = new HttpRequestMessage(HttpMethod.Put, server + path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", address.Secret.Token);
        return await http.SendAsync(request, cancellationToken);
    }

    private string Plain(ChannelMessage message) => string.Join('\n', new[] { message.Headline, message.Text, options.Link(message.Path) }.Where(line => line.Length > 0));

    private string Html(ChannelMessage message)
    {
        var head = WebUtility.HtmlEncode(message.Headline);
        var shown = options.PublicUrl is null ? $"<b>{head}</b>" : $"<a href=\"{WebUtility.HtmlEncode(options.Link(message.Path))}\">{head}</a>";
        return message.Text.Length == 0 ? shown : $"{shown}<br>{WebUtility.HtmlEncode(message.Text)}";
    }
}
