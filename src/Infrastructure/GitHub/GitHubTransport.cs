using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>
/// Sends requests. Reads are cached, repeated within bounds, and follow redirects, without the token to other hosts. Writes
/// are sent exactly once.
/// </summary>
internal sealed class GitHubTransport(HttpClient http, GitHubOptions options, WritePacer pacer, TimeProvider time)
{
    private const int MostRedirects = 5;
    private const long LargestAnswer = 64 * 1024 * 1024;
    private readonly ETagCache _cache = new();
    private GitHubQuota? _quota;

    /// <summary>As of the last answer that told it.</summary>
    public GitHubQuota? Quota => Volatile.Read(ref _quota);

    public Uri Address(string path) => new(options.BaseAddress, path);

    public async Task<Result<GitHubAnswer, GitHubError>> ReadAsync(Uri address, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await ReadOnceAsync(address, cancellation);
            if (result.IsOk || attempt >= options.ReadRetries) return result;
            var backoff = options.RetryDelay * Math.Pow(2, attempt);
            TimeSpan? wait = result.Error.Kind switch
            {
                GitHubFailure.AnswerLost or GitHubFailure.Unreachable => result.Error.RetryAfter ?? backoff,
                GitHubFailure.RateLimit => result.Error.RetryAfter ?? backoff,
                _ => null,
            };
            if (wait is not { } pause || pause > options.LongestWait) return result;
            await Task.Delay(pause, time, cancellation);
        }
    }

    public Task<Result<GitHubAnswer, GitHubError>> WriteAsync(
        HttpMethod method, Uri address, HttpContent? content, TimeSpan timeout, CancellationToken cancellation) =>
        pacer.RunAsync(
            address,
            options.Spacing,
            async () =>
            {
                using var request = new HttpRequestMessage(method, address) { Content = content };
                var answer = await SendAsync(request, timeout, cancellation);
                // A redirect of a write (a renamed repository) is for a person to judge.
                return answer.Then<GitHubAnswer>(got => got.IsSuccess ? got : got.ToError());
            },
            cancellation
        );

    private async Task<Result<GitHubAnswer, GitHubError>> ReadOnceAsync(Uri first, CancellationToken cancellation)
    {
        var address = first;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var cached = _cache.Find(address.AbsoluteUri);
            if (cached is not null) request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(cached.ETag!));
            var result = await SendAsync(request, options.Timeout, cancellation);
            if (!result.IsOk) return result;
            var answer = result.Value;
            if (answer.Status == HttpStatusCode.NotModified && cached is not null) return cached;
            if (!answer.IsRedirect)
            {
                _cache.Keep(address.AbsoluteUri, answer);
                return answer.IsSuccess ? answer : answer.ToError();
            }

            if (answer.Location!.Scheme != "https" && answer.Location.Scheme != address.Scheme)
                return GitHubError.Of(GitHubFailure.Malformed, $"{address} redirects to {answer.Location.Scheme}:, which is not followed.");
            address = answer.Location;
        }

        return GitHubError.Of(GitHubFailure.Malformed, $"{first} redirects too often.");
    }

    private async Task<Result<GitHubAnswer, GitHubError>> SendAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellation)
    {
        AddHeaders(request);
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.Content.Headers.ContentLength > LargestAnswer)
                return GitHubError.Of(GitHubFailure.Malformed, $"The answer of {request.RequestUri} is too long.");
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            var answer = GitHubAnswer.Of(response, body, request.RequestUri!, time.GetUtcNow());
            if (answer.Quota is { } quota && IsTrusted(request.RequestUri!)) Volatile.Write(ref _quota, quota);
            return answer;
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError)
        {
            return GitHubError.Of(GitHubFailure.Unreachable, $"{request.RequestUri!.Authority} cannot be reached: {fault.Message}");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return GitHubError.Of(GitHubFailure.AnswerLost, $"The connection to {request.RequestUri!.Authority} broke before the answer: {fault.Message}");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return GitHubError.Of(GitHubFailure.AnswerLost, $"{request.RequestUri!.Authority} did not answer within {timeout.TotalSeconds:0} s.");
        }
    }

    private void AddHeaders(HttpRequestMessage request)
    {
        request.Headers.UserAgent.ParseAdd("ReleaseDashboard");
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        if (options.Token is { } token && IsTrusted(request.RequestUri!)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Where the token may go: the API itself, and GitHub's own host for uploads.</summary>
    public bool IsTrusted(Uri address)
    {
        var own = options.BaseAddress;
        if (address.Scheme != own.Scheme || address.Port != own.Port) return false;
        return address.Host == own.Host || (own.Host == "api.github.com" && address.Host == "uploads.github.com");
    }

    public static Result<T, GitHubError> Parse<T>(GitHubAnswer answer)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(answer.Body, GitHubJson.Options) is { } value
                ? Result<T, GitHubError>.Ok(value)
                : GitHubError.Of(GitHubFailure.Malformed, "The answer is empty.");
        }
        catch (JsonException fault)
        {
            return GitHubError.Of(GitHubFailure.Malformed, $"The answer is not what was asked for: {fault.Message}");
        }
    }
}
