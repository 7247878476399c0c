using System.Net;
using System.Net.Http.Headers;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

public sealed partial class RegistryRepository
{
    /// <summary>What a tag points to now, or null.</summary>
    public Task<Result<ManifestHead?, RegistryError>> HeadAsync(ImageTag tag, CancellationToken cancellation) => HeadAsync(tag.Value, null, cancellation);

    /// <summary>Whether a manifest is there, or null.</summary>
    public Task<Result<ManifestHead?, RegistryError>> HeadAsync(ContentDigest digest, CancellationToken cancellation) => HeadAsync(digest.Value, digest, cancellation);

    /// <summary>The manifest or index that a tag points to, or null. Its digest is computed from the bytes.</summary>
    public Task<Result<RegistryManifest?, RegistryError>> ManifestAsync(ImageTag tag, CancellationToken cancellation) => ManifestAsync(tag.Value, null, cancellation);

    /// <summary>A manifest or index by digest, or null. Other bytes than the digest names are refused.</summary>
    public Task<Result<RegistryManifest?, RegistryError>> ManifestAsync(ContentDigest digest, CancellationToken cancellation) =>
        ManifestAsync(digest.Value, digest, cancellation);

    /// <summary>Stores a manifest under its digest. Its blobs and children must be there.</summary>
    public Task<RegistryError?> PutAsync(RegistryManifest manifest, CancellationToken cancellation) => PutAsync(manifest, manifest.Digest.Value, cancellation);

    /// <summary>Points a tag to a manifest; a tag that is there moves.</summary>
    public Task<RegistryError?> TagAsync(RegistryManifest manifest, ImageTag tag, CancellationToken cancellation) => PutAsync(manifest, tag.Value, cancellation);

    /// <summary>Deletes a manifest and every tag that points to it; that it is not there is no error.</summary>
    public async Task<RegistryError?> DeleteAsync(ContentDigest digest, CancellationToken cancellation)
    {
        var answer = await transport.WriteAsync(
            () => new HttpRequestMessage(HttpMethod.Delete, At($"manifests/{digest}")), RegistryScope.Delete(Name.Path), Options.Timeout, LargestAnswer, cancellation);
        return !answer.IsOk ? answer.Error : answer.Value.IsSuccess || answer.Value.IsNotFound ? null : transport.Error(answer.Value);
    }

    /// <summary>
    /// Takes a tag away and leaves what it points to; that it is not there is no error. Many registries refuse it.
    /// <see href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#deleting-tags"/>
    /// </summary>
    public async Task<RegistryError?> UntagAsync(ImageTag tag, CancellationToken cancellation)
    {
        var answer = await transport.WriteAsync(
            () => new HttpRequestMessage(HttpMethod.Delete, At($"manifests/{tag}")), RegistryScope.Delete(Name.Path), Options.Timeout, LargestAnswer, cancellation);
        return !answer.IsOk ? answer.Error : answer.Value.IsSuccess || answer.Value.IsNotFound ? null : transport.Error(answer.Value);
    }

    private async Task<Result<ManifestHead?, RegistryError>> HeadAsync(string selector, ContentDigest? wanted, CancellationToken cancellation)
    {
        var answer = await transport.ReadAsync(() => Request(HttpMethod.Head, selector), Reading, LargestAnswer, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        if (answer.Value.IsNotFound)
            return (ManifestHead?)null;
        var told = Told(answer.Value);
        if (told is null && wanted is null)
            // The header is optional: then only the bytes tell.
            return (await ManifestAsync(selector, null, cancellation)).Map(manifest => manifest is null ? null : new ManifestHead(manifest.Digest, manifest.MediaType));
        if (wanted is not null && told is not null && told != wanted)
            return Wrong(selector, told);
        return new ManifestHead(told ?? wanted!, answer.Value.ContentHeaders.ContentType?.MediaType ?? "");
    }

    private async Task<Result<RegistryManifest?, RegistryError>> ManifestAsync(string selector, ContentDigest? wanted, CancellationToken cancellation)
    {
        var answer = await transport.ReadAsync(() => Request(HttpMethod.Get, selector), Reading, LargestAnswer, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        if (answer.Value.IsNotFound)
            return (RegistryManifest?)null;
        var body = answer.Value.Body;
        var digest = ContentDigest.Of(body);
        if (digest != (wanted ?? Told(answer.Value) ?? digest))
            return Wrong(selector, digest);
        if (!ManifestDocument.TryParse(body, out var document, out var fault))
            return RegistryError.Of(RegistryFailure.Malformed, $"What {Name} holds as {selector} cannot be read: {fault}.");
        var type = document.MediaType ?? answer.Value.ContentHeaders.ContentType?.MediaType;
        // An index under the name of a manifest, or the other way round, is read differently by different clients.
        if (type is null || !MediaType.Manifests.Contains(type) || MediaType.IsIndex(type) != document.IsIndex)
            return RegistryError.Of(RegistryFailure.Malformed, $"What {Name} holds as {selector} is {type ?? "of no type"}, which is not handled.");
        return new RegistryManifest(digest, type, body, document);
    }

    private async Task<RegistryError?> PutAsync(RegistryManifest manifest, string selector, CancellationToken cancellation)
    {
        HttpRequestMessage Make() => new(HttpMethod.Put, At($"manifests/{selector}"))
        {
            Content = new ReadOnlyMemoryContent(manifest.Content) { Headers = { ContentType = new MediaTypeHeaderValue(manifest.MediaType) } },
        };
        var answer = await transport.WriteAsync(Make, Writing, Options.FinishTimeout, LargestAnswer, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        if (answer.Value.Status != HttpStatusCode.Created && !answer.Value.IsSuccess)
            return transport.Error(answer.Value);
        return Told(answer.Value) is { } told && told != manifest.Digest ? Wrong(selector, told) : null;
    }

    private HttpRequestMessage Request(HttpMethod method, string selector)
    {
        var request = new HttpRequestMessage(method, At($"manifests/{selector}"));
        foreach (var type in MediaType.Manifests)
            request.Headers.Accept.ParseAdd(type);
        return request;
    }

    private RegistryError Wrong(string selector, ContentDigest found) =>
        RegistryError.Of(RegistryFailure.WrongDigest, $"{Name} answered other bytes than it should for {selector}: they have the digest {found}.");

    private static ContentDigest? Told(RegistryAnswer answer) =>
        answer.Headers.TryGetValues("Docker-Content-Digest", out var values) && ContentDigest.TryParse(values.First(), out var digest) ? digest : null;
}
