using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.Tests.Tools;

/// <summary>An event as it came in.</summary>
internal sealed record Received(string Event, string Id, string Signature, byte[] Body)
{
    public string? Action => JsonNode.Parse(Body)!["action"]?.GetValue<string>();
}

/// <summary>A server that takes events, as the dashboard does.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Channel<Received> arrived = Channel.CreateUnbounded<Received>();
    private readonly WebApplication app;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var headers = context.Request.Headers;
            await arrived.Writer.WriteAsync(
                new Received(headers["X-GitHub-Event"]!, headers["X-GitHub-Delivery"]!, headers["X-Hub-Signature-256"].ToString(), body.ToArray()));
        });
    }

    public string Url => app.Urls.First() + "/hook";

    public HashSet<string> Seen { get; } = [];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async Task<Received> NextAsync(string name, CancellationToken cancellationToken, string? action = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        await foreach (var received in arrived.Reader.ReadAllAsync(deadline.Token))
        {
            Seen.Add($"{received.Event} {received.Action}".Trim());
            if (received.Event == name && (action is null || received.Action == action))
                return received;
        }

        throw new InvalidOperationException("The receiver ended.");
    }

    /// <summary>Takes events until one of this name and action has come, and hands out all of them.</summary>
    public async Task<IReadOnlyList<Received>> AllUntilAsync(Func<Received, bool> isLast, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        var all = new List<Received>();
        await foreach (var received in arrived.Reader.ReadAllAsync(deadline.Token))
        {
            all.Add(received);
            if (isLast(received))
                return all;
        }

        throw new InvalidOperationException("The receiver ended.");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
