using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

public sealed partial class RegistryRepository
{
    /// <summary>Bytes of a blob, or null when it is not there.</summary>
    public async Task<Result<long?, RegistryError>> BlobSizeAsync(ContentDigest digest, CancellationToken cancellation)
    {
        var answer = await transport.ReadAsync(() => new HttpRequestMessage(HttpMethod.Head, At($"blobs/{digest}")), Reading, LargestAnswer, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        return answer.Value.IsNotFound ? (long?)null : answer.Value.ContentHeaders.ContentLength ?? 0;
    }

    /// <summary>
    /// A blob as a stream that goes on where a broken connection left off, and that refuses bytes which do not have the digest.
    /// Reading throws <see cref="RegistryStreamException"/> when it cannot go on.
    /// </summary>
    public BlobStream OpenBlob(ContentDescriptor blob) => new(this, blob);

    /// <summary>A small blob whole, such as an image's configuration.</summary>
    /// <param name="largest">Bytes; a larger one is refused.</param>
    public async Task<Result<byte[], RegistryError>> ReadBlobAsync(ContentDescriptor blob, int largest, CancellationToken cancellation)
    {
        if (blob.Size > largest)
            return RegistryError.Of(RegistryFailure.Malformed, $"{blob.Digest} in {Name} has {blob.Size} bytes, more than {largest}.");
        try
        {
            await using var stream = OpenBlob(blob);
            var content = new byte[blob.Size];
            await stream.ReadExactlyAsync(content, cancellation);
            return content;
        }
        catch (RegistryStreamException exception)
        {
            return exception.Error;
        }
    }

    /// <summary>Deletes a blob; that it is not there is no error.</summary>
    public async Task<RegistryError?> DeleteBlobAsync(ContentDigest digest, CancellationToken cancellation)
    {
        var answer = await transport.WriteAsync(
            () => new HttpRequestMessage(HttpMethod.Delete, At($"blobs/{digest}")), RegistryScope.Delete(Name.Path), Options.Timeout, LargestAnswer, cancellation);
        return !answer.IsOk ? answer.Error : answer.Value.IsSuccess || answer.Value.IsNotFound ? null : transport.Error(answer.Value);
    }

    /// <summary>Opens a blob from a byte on. The registry may answer with all of it, which is told.</summary>
    internal async Task<Result<BlobPart, RegistryError>> OpenBlobPartAsync(ContentDescriptor blob, long from, CancellationToken cancellation)
    {
        var opened = await transport.OpenAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, At($"blobs/{blob.Digest}"));
                if (from > 0)
                    request.Headers.Range = new RangeHeaderValue(from, null);
                return request;
            },
            Reading,
            cancellation);
        if (!opened.IsOk)
            return opened.Error;
        var response = opened.Value;
        var headers = response.Content.Headers;
        var start = response.StatusCode == HttpStatusCode.PartialContent ? headers.ContentRange?.From ?? from : 0;
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            if (start <= from && (headers.ContentLength is not { } length || start + length == blob.Size))
                return new BlobPart(response, start);
            response.Dispose();
            return RegistryError.Of(RegistryFailure.WrongDigest,
                string.Create(CultureInfo.InvariantCulture, $"{Name} answered bytes {start} to {start + headers.ContentLength} for {blob.Digest}, which has {blob.Size}."));
        }
        using (response)
        {
            var answer = await RegistryAnswer.ReadAsync(response, LargestAnswer, Options.Timeout, Time, cancellation);
            if (!answer.IsOk)
                return answer.Error;
            var error = transport.Error(answer.Value);
            return answer.Value.IsNotFound ? error with { Message = $"{Name} does not have {blob.Digest}, which one of its manifests names." } : error;
        }
    }
}

/// <summary>A part of a blob on its way.</summary>
/// <param name="Start">Its first byte in the blob.</param>
internal sealed record BlobPart(HttpResponseMessage Response, long Start);
