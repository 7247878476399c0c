using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.Tests.Tools;

/// <summary>An image for two platforms in a folder, as skopeo reads it (<c>oci:FOLDER:TAG</c>).</summary>
public sealed class OciLayout
{
    private readonly string folder;

    private OciLayout(string folder) => this.folder = folder;

    /// <summary>Digest of the index.</summary>
    public ContentDigest Index { get; private set; } = null!;

    public static OciLayout Write(string folder, string tag, string content)
    {
        var layout = new OciLayout(folder);
        Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256"));
        var images = new[] { "amd64", "arm64" }.Select(architecture => layout.Image(architecture, content)).ToList();
        var index = new { schemaVersion = 2, mediaType = MediaTypes.OciIndex, manifests = images };
        var (digest, size) = layout.Blob(JsonSerializer.SerializeToUtf8Bytes(index));
        layout.Index = digest;
        var entry = new Dictionary<string, object>
        {
            ["mediaType"] = MediaTypes.OciIndex,
            ["digest"] = digest.Value,
            ["size"] = size,
            ["annotations"] = new Dictionary<string, string> { ["org.opencontainers.image.ref.name"] = tag },
        };
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(Path.Combine(folder, "index.json"), JsonSerializer.Serialize(new { schemaVersion = 2, manifests = new[] { entry } }));
        return layout;
    }

    private object Image(string architecture, string content)
    {
        var tar = Tar($"{content} for {architecture}");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(tar);
        var (layer, layerSize) = Blob(packed.ToArray());
        var config = new
        {
            architecture,
            os = "linux",
            config = new { Cmd = new[] { "/hello" } },
            rootfs = new { type = "layers", diff_ids = new[] { "sha256:" + Convert.ToHexStringLower(SHA256.HashData(tar)) } },
        };
        var (id, idSize) = Blob(JsonSerializer.SerializeToUtf8Bytes(config));
        var manifest = new
        {
            schemaVersion = 2,
            mediaType = MediaTypes.OciManifest,
            config = new { mediaType = MediaTypes.OciConfig, digest = id.Value, size = idSize },
            layers = new[] { new { mediaType = MediaTypes.OciLayer, digest = layer.Value, size = layerSize } },
        };
        var (digest, size) = Blob(JsonSerializer.SerializeToUtf8Bytes(manifest));
        return new { mediaType = MediaTypes.OciManifest, digest = digest.Value, size, platform = new { os = "linux", architecture } };
    }

    private (ContentDigest Digest, int Size) Blob(byte[] content)
    {
        var digest = ContentDigest.Of(content);
        File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", digest.Hex), content);
        return (digest, content.Length);
    }

    private static byte[] Tar(string text)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "hello") { ModificationTime = DateTimeOffset.UnixEpoch, DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return packed.ToArray();
    }
}
