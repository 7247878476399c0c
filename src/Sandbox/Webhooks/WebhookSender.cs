using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Webhooks;

/// <summary>Posts deliveries one after the other. As with GitHub, a failed one is not repeated.</summary>
internal sealed partial class WebhookSender(Outbox outbox, DeliveryLog deliveries, ILogger<WebhookSender> logger) : BackgroundService
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public override void Dispose()
    {
        http.Dispose();
        base.Dispose();
    }

    /// <summary>Value of <c>X-Hub-Signature-256</c>.</summary>
    internal static string Signature(string secret, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var delivery in outbox.Waiting.ReadAllAsync(stoppingToken))
        {
            var outcome = await SendAsync(delivery, stoppingToken);
            deliveries.Add(new DeliveryRecord(delivery.Id, delivery.Event, delivery.Target.Url, outcome));
            Log.Delivered(logger, delivery.Event, delivery.Target.Url, outcome);
        }
    }

    private async Task<string> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (!LoopbackAddresses.IsLoopback(delivery.Target.Url))
            return "refused: not a loopback address";
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Target.Url);
        request.Content = new ByteArrayContent(delivery.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/sandbox");
        request.Headers.Add("X-GitHub-Event", delivery.Event);
        request.Headers.Add("X-GitHub-Delivery", delivery.Id.ToString());
        if (delivery.Target.Secret is { Length: > 0 } secret)
            request.Headers.Add("X-Hub-Signature-256", Signature(secret, delivery.Body));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException failure)
        {
            return "failed: " + failure.Message;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "failed: no answer in 10 s";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Webhook {Event} to {Url}: {Outcome}")]
        public static partial void Delivered(ILogger logger, string @event, string url, string outcome);
    }
}
