using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Sends requests to one engine, in a version of its API that both speak. Nothing is repeated.</summary>
internal sealed class EngineTransport(EngineOptions options, TimeProvider time) : IDisposable
{
    private readonly Lazy<EngineConnection> connection = new(() => EngineConnection.Open(options));
    private string? version;

    public EngineAddress Address => options.Address;

    public void Dispose()
    {
        if (connection.IsValueCreated)
            connection.Value.Dispose();
    }

    /// <summary>A short call; its answer is read as JSON.</summary>
    public async Task<Result<T, EngineError>> CallAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        return await GuardAsync<T>(
            async () =>
            {
                // Not disposed here: the request that carries it disposes it.
                var opened = await OpenAsync(method, path, body is null ? null : JsonContent.Create(body, body.GetType(), options: EngineJson.Options), null, either.Token);
                if (!opened.IsOk)
                    return opened.Error;
                using var answer = opened.Value;
                if (typeof(T) == typeof(Nothing))
                    return (T)(object)Nothing.Here;
                var value = await answer.Content.ReadFromJsonAsync<T>(EngineJson.Options, either.Token);
                return value is null ? EngineError.Of(EngineFailure.Malformed, $"{path} answered nothing.") : value;
            },
            limit.Token, cancellation);
    }

    /// <summary>A long call: the answer is handed to <paramref name="read"/> while it comes in.</summary>
    public Task<Result<T, EngineError>> StreamAsync<T>(
        HttpMethod method, string path, HttpContent? content, RegistryHeader? registry,
        Func<Stream, CancellationToken, Task<Result<T, EngineError>>> read, CancellationToken cancellation) =>
        GuardAsync(
            async () =>
            {
                var opened = await OpenAsync(method, path, content, registry, cancellation);
                if (!opened.IsOk)
                    return opened.Error;
                using var answer = opened.Value;
                await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
                return await read(stream, cancellation);
            },
            CancellationToken.None, cancellation);

    /// <summary>What <c>_ping</c> says; it has no version in its path.</summary>
    public async Task<Result<EnginePing, EngineError>> PingAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        return await GuardAsync<EnginePing>(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "_ping");
                using var answer = await connection.Value.Http.SendAsync(request, either.Token);
                if (!answer.IsSuccessStatusCode)
                    return await EngineAnswer.ErrorAsync(answer, either.Token);
                return new EnginePing(Header(answer, "Api-Version") ?? "", Header(answer, "OSType") ?? "");
            },
            limit.Token, cancellation);
    }

    private async Task<Result<HttpResponseMessage, EngineError>> OpenAsync(
        HttpMethod method, string path, HttpContent? content, RegistryHeader? registry, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, (Uri?)null) { Content = content };
        if (version is null)
        {
            var ping = await PingAsync(cancellation);
            if (!ping.IsOk)
                return ping.Error;
            var agreed = ApiVersions.Agree(ping.Value.ApiVersion);
            if (!agreed.IsOk)
                return agreed.Error;
            version = agreed.Value;
        }
        request.RequestUri = new Uri($"v{version}/{path}", UriKind.Relative);
        // The engine can then refuse before it is sent a whole folder.
        request.Headers.ExpectContinue = content is BuildContextContent;
        if (registry is not null)
            request.Headers.Add(registry.Name, registry.Value);
        var answer = await connection.Value.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotModified)
            return answer;
        using (answer)
            return await EngineAnswer.ErrorAsync(answer, cancellation);
    }

    private async Task<Result<T, EngineError>> GuardAsync<T>(Func<Task<Result<T, EngineError>>> call, CancellationToken limit, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return EngineError.Of(EngineFailure.Unreachable, $"The Docker Engine at {Address} cannot be reached: {(fault.InnerException ?? fault).Message}");
        }
        catch (BuildContextException fault)
        {
            return EngineError.Of(EngineFailure.Refused, fault.Message);
        }
        catch (HttpRequestException fault) when (fault.InnerException is BuildContextException context)
        {
            return EngineError.Of(EngineFailure.Refused, context.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // A call that is stopped may end so as well.
            cancellation.ThrowIfCancellationRequested();
            return EngineError.Of(EngineFailure.AnswerLost, $"The connection to the Docker Engine at {Address} broke: {fault.Message}");
        }
        catch (System.Security.Cryptography.CryptographicException fault)
        {
            return EngineError.Of(EngineFailure.Unreachable, $"The certificates in {options.Certificates} cannot be used: {fault.Message}");
        }
        catch (JsonException fault)
        {
            return EngineError.Of(EngineFailure.Malformed, $"The Docker Engine answered in a way that is not understood: {fault.Message}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return EngineError.Of(EngineFailure.AnswerLost, $"The Docker Engine at {Address} did not answer within {options.Timeout.TotalSeconds:0} s.");
        }
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
