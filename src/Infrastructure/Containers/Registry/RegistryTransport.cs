using System.Net;
using System.Net.Http.Headers;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>
/// Sends requests to one registry as one user. Reads are repeated within bounds and follow redirects; writes are sent once,
/// and again only when the registry refused them for want of a login before it took anything.
/// </summary>
internal sealed class RegistryTransport(RegistryHttp http, RegistryEndpoint endpoint, RegistryCredential? credential, RegistryOptions options, TimeProvider time)
{
    private const int MostRedirects = 5;

    private readonly RegistryTokens tokens = new(http, endpoint, credential, options, time);
    private RegistryChallenge? challenge;

    public RegistryEndpoint Endpoint => endpoint;

    public RegistryOptions Options => options;

    public TimeProvider Time => time;

    public Uri Address(string path) => new(endpoint.Address, path);

    /// <summary>Reads an answer whole. One that is no success is a value too: what 404 means is the caller's to say.</summary>
    /// <param name="make">Makes the request anew for each try.</param>
    public async Task<Result<RegistryAnswer, RegistryError>> ReadAsync(
        Func<HttpRequestMessage> make, RegistryScope scope, int largest, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await ReadOnceAsync(make, scope, largest, cancellation);
            var error = result.IsOk ? result.Value.IsSuccess || result.Value.IsNotFound ? null : Error(result.Value) : result.Error;
            if (error is null)
                return result;
            if (options.PauseBefore(attempt, error) is not { } pause)
                return error;
            await Task.Delay(pause, time, cancellation);
        }
    }

    /// <summary>Opens an answer that is read bit by bit. Not repeated: whoever reads it knows where to go on.</summary>
    public async Task<Result<HttpResponseMessage, RegistryError>> OpenAsync(Func<HttpRequestMessage> make, RegistryScope scope, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var sent = await SendAsync(make, scope, deadline, either.Token, cancellation);
        for (var hop = 0; hop < MostRedirects && sent is { IsOk: true, Value: { } response } && Redirect(response) is { } location; hop++)
        {
            response.Dispose();
            if (!endpoint.Follows(location))
                return RegistryError.Of(RegistryFailure.Malformed, $"{endpoint.Name} redirects to {location.GetLeftPart(UriPartial.Authority)}, without encryption. It is not followed.");
            sent = await SendAsync(() => Moved(make(), location), scope, deadline, either.Token, cancellation);
        }
        return sent;
    }

    /// <summary>A write whose body is made anew if it must be sent again.</summary>
    public Task<Result<RegistryAnswer, RegistryError>> WriteAsync(
        Func<HttpRequestMessage> make, RegistryScope scope, TimeSpan timeout, int largest, CancellationToken cancellation)
    {
        var deadline = new CancellationTokenSource(timeout, time);
        return WriteAsync(make, scope, deadline, largest, cancellation);
    }

    /// <param name="deadline">Moved by the body while bytes flow. Disposed here.</param>
    public async Task<Result<RegistryAnswer, RegistryError>> WriteAsync(
        Func<HttpRequestMessage> make, RegistryScope scope, CancellationTokenSource deadline, int largest, CancellationToken cancellation)
    {
        using (deadline)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
            var sent = await SendAsync(make, scope, deadline, either.Token, cancellation);
            if (!sent.IsOk)
                return sent.Error;
            using var response = sent.Value;
            return await RegistryAnswer.ReadAsync(response, largest, options.Timeout, time, cancellation);
        }
    }

    /// <summary>What an answer that is no success means, in this registry's name.</summary>
    public RegistryError Error(RegistryAnswer answer)
    {
        var error = answer.ToError(endpoint.Name);
        return error.Kind == RegistryFailure.AuthenticationFailed && credential is null
            ? error with { Message = $"{endpoint.Name} wants a user and a password, and none are stored." }
            : error;
    }

    private async Task<Result<RegistryAnswer, RegistryError>> ReadOnceAsync(Func<HttpRequestMessage> make, RegistryScope scope, int largest, CancellationToken cancellation)
    {
        var sent = await OpenAsync(make, scope, cancellation);
        if (!sent.IsOk)
            return sent.Error;
        using var response = sent.Value;
        return await RegistryAnswer.ReadAsync(response, largest, options.Timeout, time, cancellation);
    }

    // Once as far as is known, and once more when the registry says how to log in. A token may have run out a moment early.
    private async Task<Result<HttpResponseMessage, RegistryError>> SendAsync(
        Func<HttpRequestMessage> make, RegistryScope scope, CancellationTokenSource deadline, CancellationToken either, CancellationToken cancellation)
    {
        using var first = make();
        var known = Volatile.Read(ref challenge);
        if (endpoint.Owns(first.RequestUri!))
        {
            var authorization = await AuthorizationAsync(known, scope, cancellation);
            if (!authorization.IsOk)
                return authorization.Error;
            first.Headers.Authorization = authorization.Value;
        }
        var sent = await http.SendAsync(first, endpoint, deadline, either, cancellation);
        if (!sent.IsOk || sent.Value.StatusCode != HttpStatusCode.Unauthorized || !endpoint.Owns(first.RequestUri!))
            return sent;

        var asked = RegistryChallenge.Of(sent.Value.Headers);
        // Nothing more to offer: the answer itself says so best.
        if (asked is null || (asked is RegistryChallenge.Basic && (credential is null || first.Headers.Authorization is not null)))
            return sent;
        sent.Value.Dispose();
        Volatile.Write(ref challenge, asked);
        tokens.Forget(scope);
        using var second = make();
        var again = await AuthorizationAsync(asked, scope, cancellation);
        if (!again.IsOk)
            return again.Error;
        second.Headers.Authorization = again.Value;
        return await http.SendAsync(second, endpoint, deadline, either, cancellation);
    }

    private async Task<Result<AuthenticationHeaderValue?, RegistryError>> AuthorizationAsync(RegistryChallenge? asked, RegistryScope scope, CancellationToken cancellation)
    {
        switch (asked)
        {
            case RegistryChallenge.Basic:
                return credential?.Basic;
            case RegistryChallenge.Bearer bearer:
                if (tokens.Kept(scope) is { } kept)
                    return new AuthenticationHeaderValue("Bearer", kept);
                var fetched = await tokens.FetchAsync(bearer, scope, cancellation);
                return fetched.IsOk ? new AuthenticationHeaderValue("Bearer", fetched.Value) : fetched.Error;
            default:
                return (AuthenticationHeaderValue?)null;
        }
    }

    private static Uri? Redirect(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
            ? new Uri(response.RequestMessage!.RequestUri!, location)
            : null;

    private static HttpRequestMessage Moved(HttpRequestMessage request, Uri location)
    {
        request.RequestUri = location;
        return request;
    }
}
