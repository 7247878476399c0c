using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

public sealed partial class EngineClient
{
    /// <param name="image">A name, a name by digest, or an image id.</param>
    /// <returns>Null when the engine has no such image.</returns>
    public async Task<Result<ImageDetails?, EngineError>> InspectAsync(string image, CancellationToken cancellation) =>
        Found(await transport.CallAsync<ImageDetails>(HttpMethod.Get, $"images/{PathOf(image)}/json", null, cancellation));

    /// <summary>Names of images, each with its tag.</summary>
    /// <param name="pattern">As <c>docker images</c> takes it as a reference: <c>team/*</c>.</param>
    public async Task<Result<IReadOnlyList<string>, EngineError>> NamesAsync(string pattern, CancellationToken cancellation)
    {
        var filters = JsonSerializer.Serialize(new Dictionary<string, IReadOnlyList<string>> { ["reference"] = [pattern] });
        return (await transport.CallAsync<List<ListedImage>>(HttpMethod.Get, $"images/json?filters={Escape(filters)}", null, cancellation))
            .Map<IReadOnlyList<string>>(images => [.. images.SelectMany(image => image.RepoTags ?? [])]);
    }

    /// <summary>How the image came to be, newest step first.</summary>
    public async Task<Result<IReadOnlyList<ImageStep>, EngineError>> HistoryAsync(string image, CancellationToken cancellation) =>
        (await transport.CallAsync<List<ImageStep>>(HttpMethod.Get, $"images/{PathOf(image)}/history", null, cancellation)).Map<IReadOnlyList<ImageStep>>(steps => steps);

    /// <summary>Gives an image another name. A name that another image had goes over to this one.</summary>
    public Task<Result<Nothing, EngineError>> TagAsync(string image, ImageRepository repository, ImageTag tag, CancellationToken cancellation) =>
        transport.CallAsync<Nothing>(HttpMethod.Post, $"images/{PathOf(image)}/tag?repo={Escape(repository.Familiar)}&tag={Escape(tag.Value)}", null, cancellation);

    /// <summary>Takes a name away from an image; an image without a name goes with it.</summary>
    /// <param name="force">Also when a stopped container was made from it.</param>
    public Task<Result<Nothing, EngineError>> RemoveImageAsync(string image, bool force, CancellationToken cancellation) =>
        transport.CallAsync<Nothing>(HttpMethod.Delete, $"images/{PathOf(image)}?force={Flag(force)}", null, cancellation);

    /// <summary>Removes images without a name that no container uses.</summary>
    public Task<Result<Pruned, EngineError>> PruneImagesAsync(CancellationToken cancellation) =>
        transport.CallAsync<Pruned>(HttpMethod.Post, $"images/prune?filters={Escape("{\"dangling\":[\"true\"]}")}", null, cancellation);

    /// <summary>Removes BuildKit's cache.</summary>
    public Task<Result<Pruned, EngineError>> PruneBuildCacheAsync(CancellationToken cancellation) =>
        transport.CallAsync<Pruned>(HttpMethod.Post, "build/prune", null, cancellation);

    /// <summary>Sends an image to its registry under its tag.</summary>
    /// <param name="log">Receives progress, a line at a time.</param>
    /// <returns>The digest of the manifest that is now in the registry.</returns>
    public Task<Result<PushedImage, EngineError>> PushAsync(ImageRepository repository, ImageTag tag, EngineLogin? login, Action<string> log, CancellationToken cancellation) =>
        transport.StreamAsync<PushedImage>(
            HttpMethod.Post, $"images/{PathOf(repository.Familiar)}/push?tag={Escape(tag.Value)}", null, login?.ForOne() ?? EngineLogin.Nobody,
            async (stream, stop) =>
            {
                PushedImage? pushed = null;
                var end = await ProgressStream.ReadAsync(stream, log, aux => pushed = PushedImage.Of(aux) ?? pushed, stop);
                return !end.IsOk ? end.Error
                    : pushed is null ? EngineError.Of(EngineFailure.AnswerLost, "The push ended without the digest of what it sent.")
                    : pushed;
            },
            cancellation);

    /// <summary>Fetches an image, by digest where the reference has one. Only the tag or digest that is named, never all tags.</summary>
    public Task<Result<Nothing, EngineError>> PullAsync(ImageReference reference, Platform? platform, EngineLogin? login, Action<string> log, CancellationToken cancellation)
    {
        var wanted = platform is null ? "" : $"&platform={Escape(platform.ToString())}";
        return transport.StreamAsync(
            HttpMethod.Post, $"images/create?fromImage={Escape(reference.Repository.Familiar)}&tag={Escape(reference.Selector)}{wanted}", null, login?.ForOne(),
            (stream, stop) => ProgressStream.ReadAsync(stream, log, _ => { }, stop), cancellation);
    }

    /// <summary>Writes an image with its layers as a tar file, the way <c>docker save</c> does.</summary>
    public Task<Result<Nothing, EngineError>> SaveAsync(string image, Stream target, CancellationToken cancellation) =>
        transport.StreamAsync<Nothing>(
            HttpMethod.Get, $"images/{PathOf(image)}/get", null, null,
            async (stream, stop) =>
            {
                await stream.CopyToAsync(target, stop);
                return Nothing.Here;
            },
            cancellation);

    /// <summary>Takes in images from a tar file, the way <c>docker load</c> does.</summary>
    public Task<Result<Nothing, EngineError>> LoadAsync(byte[] saved, CancellationToken cancellation) =>
        transport.StreamAsync(
            HttpMethod.Post, "images/load?quiet=1", new ByteArrayContent(saved) { Headers = { ContentType = new("application/x-tar") } }, null,
            (stream, stop) => ProgressStream.ReadAsync(stream, _ => { }, _ => { }, stop), cancellation);

    private static string Flag(bool value) => value ? "1" : "0";

    private sealed record ListedImage(IReadOnlyList<string>? RepoTags);
}

/// <summary>What a push put into the registry.</summary>
/// <param name="Size">Bytes of the manifest itself.</param>
public sealed record PushedImage(string Tag, ContentDigest Digest, long Size)
{
    internal static PushedImage? Of(JsonElement aux) =>
        aux.ValueKind == JsonValueKind.Object && aux.Deserialize<Said>(EngineJson.Options) is { } said && ContentDigest.TryParse(said.Digest, out var digest)
            ? new PushedImage(said.Tag ?? "", digest, said.Size)
            : null;

    private sealed record Said(string? Tag, string? Digest, long Size);
}
