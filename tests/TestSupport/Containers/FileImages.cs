using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>One layer: the instruction that made it and its files with their sizes; folders end with a slash.</summary>
public sealed record FileLayer(string By, params IReadOnlyList<(string Path, int Size)> Files);

/// <summary>Makes images whose layers hold named files, and puts them into a registry.</summary>
public sealed class FileImages(RegistryRepository repository)
{
    /// <summary>An index over one image for each platform, all of the same layers; every tag points to it.</summary>
    public async Task<RegistryManifest> PutAsync(
        IReadOnlyList<FileLayer> layers, IReadOnlyList<string> platforms, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        var children = new JsonArray();
        foreach (var platform in platforms)
        {
            var image = await ImageAsync(layers, platform.Split('/'), cancellation);
            var told = new JsonObject { ["os"] = platform.Split('/')[0], ["architecture"] = platform.Split('/')[1] };
            if (platform.Split('/') is [_, _, var variant])
                told["variant"] = variant;
            children.Add(new JsonObject { ["mediaType"] = image.MediaType, ["digest"] = image.Digest.Value, ["size"] = image.Content.Length, ["platform"] = told });
        }
        var index = await StoreAsync(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = MediaType.OciIndex, ["manifests"] = children }, cancellation);
        foreach (var tag in tags)
            Check(await repository.TagAsync(index, ImageTag.Parse(tag), cancellation));
        return index;
    }

    private async Task<RegistryManifest> ImageAsync(IReadOnlyList<FileLayer> layers, string[] platform, CancellationToken cancellation)
    {
        var blobs = new JsonArray();
        foreach (var layer in layers)
            blobs.Add(await UploadAsync(Pack(layer, platform[1]), MediaType.OciLayer, cancellation));
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            created = "2026-11-01T08:00:00Z",
            os = platform[0],
            architecture = platform[1],
            variant = platform.Length > 2 ? platform[2] : null,
            rootfs = new { type = "layers", diff_ids = layers.Select((_, at) => ContentDigest.Of(BitConverter.GetBytes(at)).Value) },
            history = layers.Select(layer => new { created_by = layer.By }).Cast<object>().Prepend(new { created_by = "ENV LANG=C", empty_layer = true }),
        }, JsonSerializerOptions.Web);
        return await StoreAsync(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType.OciManifest,
            ["config"] = await UploadAsync(config, MediaType.OciConfig, cancellation),
            ["layers"] = blobs,
        }, cancellation);
    }

    private async Task<JsonObject> UploadAsync(byte[] content, string type, CancellationToken cancellation)
    {
        Check(await repository.UploadAsync(content, cancellation));
        return new JsonObject { ["mediaType"] = type, ["size"] = content.Length, ["digest"] = ContentDigest.Of(content).Value };
    }

    private async Task<RegistryManifest> StoreAsync(JsonObject document, CancellationToken cancellation)
    {
        var content = Encoding.UTF8.GetBytes(document.ToJsonString());
        if (!ManifestDocument.TryParse(content, out var parsed, out var fault))
            throw new InvalidOperationException(fault);
        var manifest = new RegistryManifest(ContentDigest.Of(content), parsed.MediaType!, content, parsed);
        Check(await repository.PutAsync(manifest, cancellation));
        return manifest;
    }

    // Noise does not compress, so that a layer has about the size of its files; the same layer has the same bytes everywhere.
    private static byte[] Pack(FileLayer layer, string architecture)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var (path, size) in layer.Files)
            {
                var entry = new PaxTarEntry(path.EndsWith('/') ? TarEntryType.Directory : TarEntryType.RegularFile, path) { ModificationTime = DateTimeOffset.UnixEpoch };
                if (!path.EndsWith('/'))
                    entry.DataStream = new MemoryStream(Noise($"{layer.By} {path} {architecture}", size));
                writer.WriteEntry(entry);
            }
        }
        return packed.ToArray();
    }

    private static byte[] Noise(string seed, int size)
    {
        var noise = new byte[size];
        new Random(BitConverter.ToInt32(Convert.FromHexString(ContentDigest.Of(Encoding.UTF8.GetBytes(seed)).Hex[..8]))).NextBytes(noise);
        return noise;
    }

    private static void Check(RegistryError? error)
    {
        if (error is not null)
            throw new InvalidOperationException(error.ToString());
    }
}
