using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

public sealed partial class RegistryRepository
{
    // Below it a refusal after the body costs less than asking first whether the body is wanted.
    private const long AskFirst = 1024 * 1024;

    /// <summary>Begins to send a blob.</summary>
    public async Task<Result<UploadSession, RegistryError>> StartUploadAsync(CancellationToken cancellation)
    {
        var answer = await transport.WriteAsync(() => Empty(HttpMethod.Post, At("blobs/uploads/")), Writing, Options.Timeout, LargestAnswer, cancellation);
        return answer.IsOk ? Session(answer.Value, 0) : answer.Error;
    }

    /// <summary>Takes over a blob that another repository of the same registry has.</summary>
    /// <returns>Null when it is there now; otherwise a begun upload, because the registry would not.</returns>
    public async Task<Result<UploadSession?, RegistryError>> MountAsync(ContentDigest digest, ImageRepository from, CancellationToken cancellation)
    {
        var address = At($"blobs/uploads/?mount={digest}&from={Uri.EscapeDataString(from.Path)}");
        var answer = await transport.WriteAsync(
            () => Empty(HttpMethod.Post, address), RegistryScope.Mount(from.Path, Name.Path), Options.Timeout, LargestAnswer, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        return answer.Value.Status == HttpStatusCode.Created ? (UploadSession?)null : Session(answer.Value, 0).Map<UploadSession?>(session => session);
    }

    /// <summary>Sends the next bytes of a blob from a stream, without keeping them.</summary>
    /// <param name="length">How many bytes to take from the stream.</param>
    /// <param name="moved">Told of bytes as they go out; may be null.</param>
    public Task<Result<UploadSession, RegistryError>> SendAsync(UploadSession session, Stream source, long length, Action<long>? moved, CancellationToken cancellation)
    {
        var deadline = new CancellationTokenSource(Options.Stall, Time);
        return SendAsync(
            session,
            () => new BlobContent(source, length, count => { deadline.CancelAfter(Options.Stall); moved?.Invoke(count); }, cancellation),
            length,
            isPart: session.Offset > 0,
            deadline,
            cancellation);
    }

    /// <summary>Sends the next part of a blob.</summary>
    public Task<Result<UploadSession, RegistryError>> SendAsync(UploadSession session, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        SendAsync(session, () => new ReadOnlyMemoryContent(bytes), bytes.Length, isPart: true, new CancellationTokenSource(Options.FinishTimeout, Time), cancellation);

    /// <summary>Ends an upload: the registry keeps the blob if its bytes have the digest.</summary>
    public Task<RegistryError?> FinishUploadAsync(UploadSession session, ContentDigest digest, CancellationToken cancellation) =>
        FinishAsync(session, digest, () => new ByteArrayContent([]), cancellation);

    /// <summary>Sends a small blob at once.</summary>
    public async Task<RegistryError?> UploadAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var started = await StartUploadAsync(cancellation);
        return started.IsOk
            ? await FinishAsync(started.Value, ContentDigest.Of(bytes.Span), () => new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = Octets } }, cancellation)
            : started.Error;
    }

    /// <summary>How far an upload has come, or null when the registry does not know it any more.</summary>
    public async Task<Result<UploadSession?, RegistryError>> UploadStatusAsync(UploadSession session, CancellationToken cancellation)
    {
        if (Unfollowed(session.Location) is { } refused)
            return refused;
        var answer = await transport.ReadAsync(() => new HttpRequestMessage(HttpMethod.Get, session.Location), Writing, LargestAnswer, cancellation);
        if (!answer.IsOk)
            // A registry that keeps the offset in the address calls the address of a part that broke invalid.
            return answer.Error.Kind == RegistryFailure.Refused ? (UploadSession?)null : answer.Error;
        if (answer.Value.IsNotFound)
            return (UploadSession?)null;
        return session with { Location = answer.Value.Location ?? session.Location, Offset = Received(answer.Value) ?? 0 };
    }

    /// <summary>Gives an upload up, so that its bytes do not lie about. That it is gone already is no error.</summary>
    public async Task<RegistryError?> CancelUploadAsync(UploadSession session, CancellationToken cancellation)
    {
        if (Unfollowed(session.Location) is { } refused)
            return refused;
        var answer = await transport.WriteAsync(() => new HttpRequestMessage(HttpMethod.Delete, session.Location), Writing, Options.Timeout, LargestAnswer, cancellation);
        return !answer.IsOk ? answer.Error : answer.Value.IsSuccess || answer.Value.IsNotFound ? null : transport.Error(answer.Value);
    }

    private static MediaTypeHeaderValue Octets => new("application/octet-stream");

    private async Task<Result<UploadSession, RegistryError>> SendAsync(
        UploadSession session, Func<HttpContent> body, long length, bool isPart, CancellationTokenSource deadline, CancellationToken cancellation)
    {
        if (Unfollowed(session.Location) is { } refused)
        {
            deadline.Dispose();
            return refused;
        }
        HttpRequestMessage Make()
        {
            var request = new HttpRequestMessage(HttpMethod.Patch, session.Location) { Content = body() };
            request.Content.Headers.ContentType = Octets;
            // A whole blob in one request is streamed, as docker does it; only parts say where they belong.
            if (isPart)
                request.Content.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{session.Offset}-{session.Offset + length - 1}"));
            // A registry that will not have it says so before the body is taken from its source.
            request.Headers.ExpectContinue = length >= AskFirst ? true : null;
            return request;
        }
        var answer = await transport.WriteAsync(Make, Writing, deadline, LargestAnswer, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        var next = Session(answer.Value, session.Offset + length);
        return next is { IsOk: true } && Received(answer.Value) is { } received && received != session.Offset + length
            ? RegistryError.Of(RegistryFailure.AnswerLost, $"{Name} has {received} bytes of a blob after {session.Offset + length} were sent.")
            : next;
    }

    private async Task<RegistryError?> FinishAsync(UploadSession session, ContentDigest digest, Func<HttpContent> body, CancellationToken cancellation)
    {
        if (Unfollowed(session.Location) is { } refused)
            return refused;
        var address = new UriBuilder(session.Location);
        address.Query = address.Query.Length > 1 ? $"{address.Query[1..]}&digest={digest}" : $"digest={digest}";
        var answer = await transport.WriteAsync(
            () => new HttpRequestMessage(HttpMethod.Put, address.Uri) { Content = body() }, Writing, Options.FinishTimeout, LargestAnswer, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        if (!answer.Value.IsSuccess)
            return transport.Error(answer.Value);
        return Told(answer.Value) is { } told && told != digest ? Wrong(digest.Value, told) : null;
    }

    private Result<UploadSession, RegistryError> Session(RegistryAnswer answer, long offset)
    {
        if (!answer.IsSuccess)
            return transport.Error(answer);
        if (answer.Location is not { } location)
            return RegistryError.Of(RegistryFailure.Malformed, $"{Name} did not say where the bytes of a blob go.");
        var least = answer.Headers.TryGetValues("OCI-Chunk-Min-Length", out var values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out var number) ? number : 0;
        return Unfollowed(location) is { } refused ? refused : new UploadSession(location, offset) { LeastPart = least };
    }

    private RegistryError? Unfollowed(Uri location) => Endpoint.Owns(location) || Endpoint.Follows(location)
        ? null
        : RegistryError.Of(RegistryFailure.Malformed, $"{Name} wants bytes sent to {location.GetLeftPart(UriPartial.Authority)}, without encryption. They are not.");

    private static HttpRequestMessage Empty(HttpMethod method, Uri address) => new(method, address) { Content = new ByteArrayContent([]) };

    // "0-0" means none as well as one: registries differ.
    private static long? Received(RegistryAnswer answer) =>
        answer.Headers.TryGetValues("Range", out var values) && values.First().Split('-') is [_, var last]
        && long.TryParse(last, CultureInfo.InvariantCulture, out var end)
            ? end == 0 ? null : end + 1
            : null;
}
