using System.Formats.Tar;
using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// An image of one platform that holds nothing. The engine's own builder takes <c>FROM scratch</c> for its own platform until something is
/// copied: an <c>ARG</c> before that makes the build for another one fail.
/// </summary>
internal static class ScratchBase
{
    /// <returns>Its id on the engine; a build on it has the layers of one on <c>scratch</c>, and no more.</returns>
    public static async Task<Result<string, EngineError>> PutAsync(EngineClient engine, Platform platform, CancellationToken cancellationToken)
    {
        var config = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["architecture"] = platform.Architecture,
            ["os"] = platform.Os,
            ["variant"] = platform.Variant ?? "",
            ["created"] = DateTimeOffset.UnixEpoch,
            ["config"] = new { },
            ["rootfs"] = new { type = "layers", diff_ids = Array.Empty<string>() },
            ["history"] = Array.Empty<string>(),
        });
        var id = ContentDigest.Of(config).Value;
        var there = await engine.InspectAsync(id, cancellationToken);
        if (!there.IsOk)
            return there.Error;
        if (there.Value is not null)
            return id;
        var loaded = await engine.LoadAsync(Saved(config, id, platform), cancellationToken);
        return loaded.IsOk ? id : loaded.Error;
    }

    // The form of docker save: https://github.com/moby/docker-image-spec/blob/main/v1.2.md
    private static byte[] Saved(byte[] config, string id, Platform platform)
    {
        var file = $"{id["sha256:".Length..]}.json";
        // A name keeps it from being pruned.
        var name = $"release-dashboard/scratch:{platform.ToString().Replace('/', '-')}";
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            Add(file, config);
            Add("manifest.json", JsonSerializer.SerializeToUtf8Bytes(new[] { new { Config = file, RepoTags = new[] { name }, Layers = Array.Empty<string>() } }));

            void Add(string path, byte[] content) =>
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) });
        }
        return tar.ToArray();
    }
}
