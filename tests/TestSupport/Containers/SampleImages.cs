using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>Makes images of real shape and puts them into a registry.</summary>
public sealed class SampleImages(RegistryRepository repository, bool docker = false)
{
    private int made;

    /// <summary>An image for one platform.</summary>
    /// <param name="layers">Bytes of noise in each layer.</param>
    public async Task<RegistryManifest> ManifestAsync(string platform, IReadOnlyList<int> layers, CancellationToken cancellation, ImageTag? tag = null)
    {
        var contents = layers.Select(size => Layer($"file-{++made}", size)).ToList();
        var blobs = contents.Select(content => new Blob(content.Packed, docker ? MediaType.DockerLayer : MediaType.OciLayer)).ToList();
        var parts = platform.Split('/');
        var config = new Blob(Json(new
        {
            architecture = parts[1],
            os = parts[0],
            variant = parts.Length > 2 ? parts[2] : null,
            config = new { Cmd = new[] { "/hello" }, Labels = new Dictionary<string, string> { ["sample"] = "yes" } },
            rootfs = new { type = "layers", diff_ids = contents.Select(content => content.DiffId) },
            history = contents.Select((_, at) => new { created_by = $"COPY file-{at} /" }),
        }), docker ? MediaType.DockerConfig : MediaType.OciConfig);
        foreach (var blob in blobs.Append(config))
            Check(await repository.UploadAsync(blob.Content, cancellation));
        return await StoreAsync(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = docker ? MediaType.DockerManifest : MediaType.OciManifest,
            ["config"] = config.Descriptor,
            ["layers"] = new JsonArray([.. blobs.Select(blob => blob.Descriptor)]),
        }, tag, cancellation);
    }

    /// <summary>An index over images of several platforms.</summary>
    /// <param name="attested">Whether it also holds an attestation, as buildx writes them.</param>
    public async Task<RegistryManifest> IndexAsync(
        IReadOnlyList<string> platforms, IReadOnlyList<int> layers, CancellationToken cancellation, ImageTag? tag = null, bool attested = false)
    {
        var children = new JsonArray();
        foreach (var platform in platforms)
            children.Add(Child(await ManifestAsync(platform, layers, cancellation), platform));
        if (attested)
        {
            var attestation = Child(await ManifestAsync("unknown/unknown", [100], cancellation), "unknown/unknown");
            attestation["annotations"] = new JsonObject { ["vnd.docker.reference.type"] = "attestation-manifest", ["vnd.docker.reference.digest"] = children[0]!["digest"]!.ToString() };
            children.Add(attestation);
        }
        return await StoreAsync(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = docker ? MediaType.DockerList : MediaType.OciIndex,
            ["manifests"] = children,
        }, tag, cancellation);
    }

    private async Task<RegistryManifest> StoreAsync(JsonObject document, ImageTag? tag, CancellationToken cancellation)
    {
        var content = Encoding.UTF8.GetBytes(document.ToJsonString());
        if (!ManifestDocument.TryParse(content, out var parsed, out var fault))
            throw new InvalidOperationException(fault);
        var manifest = new RegistryManifest(ContentDigest.Of(content), parsed.MediaType!, content, parsed);
        Check(await repository.PutAsync(manifest, cancellation));
        if (tag is not null)
            Check(await repository.TagAsync(manifest, tag, cancellation));
        return manifest;
    }

    private static JsonObject Child(RegistryManifest manifest, string platform)
    {
        var parts = platform.Split('/');
        var described = new JsonObject { ["architecture"] = parts[1], ["os"] = parts[0] };
        if (parts.Length > 2)
            described["variant"] = parts[2];
        return new JsonObject { ["mediaType"] = manifest.MediaType, ["digest"] = manifest.Digest.Value, ["size"] = manifest.Content.Length, ["platform"] = described };
    }

    // Noise does not compress, so a layer has about the size asked for.
    private static (byte[] Packed, string DiffId) Layer(string name, int size)
    {
        var noise = new byte[size];
        new Random(name.GetHashCode(StringComparison.Ordinal)).NextBytes(noise);
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(noise) });
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(tar.GetBuffer().AsSpan(0, (int)tar.Length));
        return (packed.ToArray(), ContentDigest.Of(tar.GetBuffer().AsSpan(0, (int)tar.Length)).Value);
    }

    private static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web);

    private static void Check(RegistryError? error)
    {
        if (error is not null)
            throw new InvalidOperationException(error.ToString());
    }

    private sealed record Blob(byte[] Content, string Type)
    {
        public JsonObject Descriptor => new() { ["mediaType"] = Type, ["size"] = Content.Length, ["digest"] = ContentDigest.Of(Content).Value };
    }
}
