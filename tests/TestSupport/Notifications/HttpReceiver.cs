using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ReleaseDashboard.TestSupport.Notifications;

/// <summary>A request as it arrived.</summary>
public sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>A real HTTP server that keeps what it gets, and answers as the test says.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<Received> received = new();
    private readonly SemaphoreSlim arrived = new(0);

    private HttpReceiver(WebApplication application) => this.application = application;

    public Uri Address => new(application.Urls.First());

    /// <summary>What was received, the oldest first.</summary>
    public IReadOnlyList<Received> All => [.. received];

    /// <summary>Answers a request; the number counts from 1.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task<HttpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var receiver = new HttpReceiver(application);
        application.Run(receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
    }

    /// <summary>Waits for the next request that no other call waited for.</summary>
    public async Task<Received> NextAsync(int seconds = 30)
    {
        if (!await arrived.WaitAsync(TimeSpan.FromSeconds(seconds)))
            throw new TimeoutException($"Nothing arrived within {seconds} s; there were {received.Count} requests.");
        return All[^1];
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        arrived.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        received.Enqueue(new Received(
            http.Request.Method, http.Request.Path.Value!, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        var number = received.Count;
        try
        {
            await Answer(http, number);
        }
        finally
        {
            arrived.Release();
        }
    }
}
