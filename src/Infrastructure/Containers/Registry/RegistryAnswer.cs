using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>One answer, read to its end.</summary>
/// <param name="Address">What was asked in the end, after redirects.</param>
internal sealed record RegistryAnswer(HttpStatusCode Status, byte[] Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, Uri Address, TimeSpan? RetryAfter)
{
    private const int MostDetails = 10;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    public Uri? Location => Headers.Location is { } location ? new Uri(Address, location) : null;

    /// <param name="largest">Bytes; a longer answer is refused.</param>
    public static async Task<Result<RegistryAnswer, RegistryError>> ReadAsync(
        HttpResponseMessage response, int largest, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        var address = response.RequestMessage!.RequestUri!;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var body = await BodyAsync(response, largest, either.Token);
            if (body is null)
                return RegistryError.Of(RegistryFailure.Malformed, $"The answer of {address.Authority} is longer than {largest} bytes.");
            return new RegistryAnswer(response.StatusCode, body, response.Headers, response.Content.Headers, address, Wait(response.Headers.RetryAfter, time.GetUtcNow()));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return RegistryError.Of(RegistryFailure.AnswerLost, $"The connection to {address.Authority} broke in the middle of the answer: {fault.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return RegistryError.Of(RegistryFailure.AnswerLost, $"{address.Authority} stopped in the middle of its answer.");
        }
    }

    /// <summary>What went wrong, for an answer that is no success.</summary>
    /// <param name="who">Who answered, at the start of a sentence.</param>
    public RegistryError ToError(string who)
    {
        var errors = Details();
        var kind = Status switch
        {
            HttpStatusCode.TooManyRequests => RegistryFailure.RateLimit,
            HttpStatusCode.Unauthorized => RegistryFailure.AuthenticationFailed,
            HttpStatusCode.Forbidden => RegistryFailure.Denied,
            HttpStatusCode.NotFound => RegistryFailure.NotFound,
            HttpStatusCode.RequestTimeout => RegistryFailure.AnswerLost,
            _ when (int)Status >= 500 => RegistryFailure.AnswerLost,
            _ when (int)Status is >= 300 and < 400 => RegistryFailure.Malformed,
            _ => RegistryFailure.Refused,
        };
        var wait = kind == RegistryFailure.RateLimit && RetryAfter is { } pause ? $" and asks to wait {pause.TotalSeconds:0} s" : "";
        return new RegistryError(kind, (int)Status, $"{who} answered {(int)Status} {Status}{wait}.", errors, RetryAfter);
    }

    private IReadOnlyList<RegistryErrorDetail> Details()
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            if (json.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                if (root.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array)
                    return [.. list.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.Object).Take(MostDetails).Select(each => new RegistryErrorDetail(Text(each, "code"), Text(each, "message")))];
                // Token services have a shape of their own.
                if (Text(root, "details") is { Length: > 0 } details)
                    return [new RegistryErrorDetail("", details)];
            }
        }
        catch (JsonException)
        {
            // A proxy's page, say: the status is all there is to tell.
        }
        return [];
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static async Task<byte[]?> BodyAsync(HttpResponseMessage response, int largest, CancellationToken cancellation)
    {
        if (response.RequestMessage!.Method == HttpMethod.Head)
            return [];
        if (response.Content.Headers.ContentLength > largest)
            return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + count > largest)
                return null;
            body.Write(buffer, 0, count);
        }
        return body.ToArray();
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
