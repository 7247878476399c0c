using System.Collections.Concurrent;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>Tokens of one registry and user, kept until they run out, one for each scope.</summary>
internal sealed class RegistryTokens(RegistryHttp http, RegistryEndpoint endpoint, RegistryCredential? credential, RegistryOptions options, TimeProvider time)
{
    private const int LargestAnswer = 256 * 1024;

    // What a token service means that does not say, by Docker's specification.
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(60);

    // A token that runs out on the way is refused in the middle of something.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Token> kept = new(StringComparer.Ordinal);

    private sealed record Token(string Value, long Issued, TimeSpan Life);

    /// <summary>A token that still lives, or null.</summary>
    public string? Kept(RegistryScope scope) =>
        kept.GetValueOrDefault(scope.Key) is { } token && time.GetElapsedTime(token.Issued) < token.Life ? token.Value : null;

    public void Forget(RegistryScope scope) => kept.TryRemove(scope.Key, out _);

    public async Task<Result<string, RegistryError>> FetchAsync(RegistryChallenge.Bearer challenge, RegistryScope scope, CancellationToken cancellation)
    {
        if (!endpoint.Follows(challenge.Realm))
        {
            return RegistryError.Of(RegistryFailure.Malformed,
                $"{endpoint.Name} names the token service {challenge.Realm.GetLeftPart(UriPartial.Authority)}, which speaks without encryption. It is not asked.");
        }
        if (credential is not null && !endpoint.Trusts(challenge.Realm))
        {
            return RegistryError.Of(RegistryFailure.Malformed,
                $"{endpoint.Name} wants user and password sent in the clear to another host, {challenge.Realm.Authority}. They are not sent.");
        }
        for (var attempt = 0; ; attempt++)
        {
            var result = await FetchOnceAsync(challenge, scope, cancellation);
            if (result.IsOk || options.PauseBefore(attempt, result.Error) is not { } pause)
                return result;
            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<Result<string, RegistryError>> FetchOnceAsync(RegistryChallenge.Bearer challenge, RegistryScope scope, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(challenge, scope));
        request.Headers.Authorization = credential?.Basic;
        var asked = time.GetTimestamp();
        var sent = await http.SendAsync(request, endpoint, options.Timeout, cancellation);
        if (!sent.IsOk)
            return sent.Error;
        using var response = sent.Value;
        var answer = await RegistryAnswer.ReadAsync(response, LargestAnswer, options.Timeout, time, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        if (!answer.Value.IsSuccess)
            return answer.Value.ToError($"The token service {challenge.Realm.Host} of {endpoint.Name}");
        return Keep(answer.Value.Body, scope, asked);
    }

    private Result<string, RegistryError> Keep(byte[] body, RegistryScope scope, long asked)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            // Both names are in use; where there are two they are the same.
            var value = Text(root, "token") ?? Text(root, "access_token");
            if (value is not { Length: > 0 })
                return RegistryError.Of(RegistryFailure.Malformed, $"The token service of {endpoint.Name} answered without a token.");
            var life = root.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var number) ? TimeSpan.FromSeconds(number) : DefaultLife;
            kept[scope.Key] = new Token(value, asked, life - Margin);
            return value;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return RegistryError.Of(RegistryFailure.Malformed, $"The token service of {endpoint.Name} answered something else than a token: {fault.Message}");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // The scope is this client's own: a registry cannot ask for a wider token than the request needs.
    private static Uri Address(RegistryChallenge.Bearer challenge, RegistryScope scope)
    {
        List<string> query = [.. scope.Parts.Select(part => $"scope={Uri.EscapeDataString(part)}")];
        if (challenge.Service is { Length: > 0 } service)
            query.Insert(0, $"service={Uri.EscapeDataString(service)}");
        var before = challenge.Realm.Query.TrimStart('?');
        return new UriBuilder(challenge.Realm) { Query = string.Join('&', before.Length > 0 ? [before, .. query] : query) }.Uri;
    }
}
