using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>
/// Any HTTP receiver. The signature covers time and body, so that neither can be changed and an old delivery can be told; the
/// delivery's id is the same at every try.
/// </summary>
public sealed class WebhookSender(OutboundHttp http, NotificationOptions options, TimeProvider time) : IChannelSender
{
    public const string DeliveryHeader = "X-ReleaseDashboard-Delivery";
    public const string AttemptHeader = "X-ReleaseDashboard-Attempt";
    public const string TimestampHeader = "X-ReleaseDashboard-Timestamp";
    public const string SignatureHeader = "X-ReleaseDashboard-Signature";

    public ChannelKind Kind => ChannelKind.Webhook;

    public async Task<SendOutcome> SendAsync(ChannelAddress address, Parcel parcel, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                version = 1,
                delivery = parcel.Id,
                events = parcel.Messages.Select(message => new
                {
                    @event = message.Event,
                    title = message.Headline,
                    text = message.Text,
                    url = options.Link(message.Path),
                    at = message.At,
                    project = message.Project,
                    release = message.ReleaseId,
                    release_version = message.Version,
                    step = message.Step,
                    audit_sequence = message.Sequence == 0 ? (long?)null : message.Sequence,
                }),
            },
            JsonColumn.Options);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Secret.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(DeliveryHeader, parcel.Id.ToString("D"));
        request.Headers.Add(AttemptHeader, parcel.Attempt.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, Sign(address.Secret.Key!, timestamp, body));
        return await http.SendAsync(request, cancellationToken);
    }

    /// <summary>"sha256=" and the HMAC-SHA256, lower-case hex, over the timestamp, a dot and the body.</summary>
    public static string Sign(string key, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hash.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        hash.AppendData(body);
        return "sha256=" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
