using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>Stands between a client and a real server, hands everything on, and spoils what it is told to.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly ConcurrentQueue<ProxiedRequest> requests = new();
    private readonly List<Fault> faults = [];
    private readonly HttpClient upstream;
    private readonly Uri target;
    private WebApplication? app;

    private FaultProxy(Uri target)
    {
        this.target = target;
        upstream = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>With a slash at the end.</summary>
    public Uri Address => new(app!.Urls.Single().TrimEnd('/') + "/");

    /// <summary>As it stands in names of images.</summary>
    public string Host => Address.Authority;

    /// <summary>Everything that was asked, in order.</summary>
    public IReadOnlyList<ProxiedRequest> Requests => [.. requests];

    /// <summary>Sees every request first; true means that it has answered it.</summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    public static async Task<FaultProxy> StartAsync(Uri target)
    {
        var proxy = new FaultProxy(target);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        proxy.app = builder.Build();
        proxy.app.Run(proxy.HandleAsync);
        await proxy.app.StartAsync();
        return proxy;
    }

    /// <summary>Adds a fault; the first that fits a request is used.</summary>
    public void Add(Fault fault)
    {
        lock (faults)
            faults.Add(fault);
    }

    public int CountOf(string method, string pattern) => Requests.Count(request => request.Method == method && Regex.IsMatch(request.Target, pattern));

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        upstream.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        requests.Enqueue(new ProxiedRequest(context.Request.Method, target, context.Request.Headers.Authorization.ToString(), context.Request.Headers.Range.ToString()));
        if (Intercept is { } intercept && await intercept(context))
            return;
        target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var fault = Take(context.Request.Method, target);
        if (fault?.Answer is { } answer)
        {
            await answer(context);
            return;
        }
        try
        {
            await ForwardAsync(context, target, fault);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task ForwardAsync(HttpContext context, string path, Fault? fault)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(target, path));
        // The server names this proxy in the addresses that it gives out.
        request.Headers.Host = Host;
        var body = fault?.CutRequestAfter is { } most ? new CutStream(context.Request.Body, most) : context.Request.Body;
        if (context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(body);
        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Expect" or "Connection" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        using var response = await upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (fault?.LoseAnswer == true)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in Headers(response))
            context.Response.Headers[name] = new StringValues([.. values]);
        await using var stream = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        await CopyAsync(stream, context, fault);
    }

    private static IEnumerable<KeyValuePair<string, IEnumerable<string>>> Headers(HttpResponseMessage response) =>
        response.Headers.Concat<KeyValuePair<string, IEnumerable<string>>>(response.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection"));

    private static async Task CopyAsync(Stream stream, HttpContext context, Fault? fault)
    {
        var buffer = new byte[64 * 1024];
        long passed = 0;
        int count;
        while ((count = await stream.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (fault?.Spoil == true && passed == 0)
                buffer[count - 1] ^= 1;
            if (fault?.CutResponseAfter is { } most && passed + count > most)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, (int)(most - passed)), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                return;
            }
            passed += count;
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
        }
    }

    private Fault? Take(string method, string path)
    {
        lock (faults)
        {
            var fault = faults.FirstOrDefault(each => each.Left > 0 && each.Method == method && Regex.IsMatch(path, each.Path));
            if (fault is not null)
                fault.Left--;
            return fault;
        }
    }
}

/// <summary>One request as it came.</summary>
public sealed record ProxiedRequest(string Method, string Target, string Authorization, string Range);
