using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Containers.Copying;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Bench;

/// <summary>
/// What the promotion row runs in a process of its own, so that its peak of memory is the copy's alone.
/// <c>promotion-seed REPOSITORY LAYERS BYTES</c> prints the digest of an image of noise;
/// <c>promotion-copy FROM TO DIGEST TAG</c> prints milliseconds and the peak of memory in bytes.
/// </summary>
internal static class PromotionChild
{
    public static async Task<int?> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["promotion-seed", var repository, var layers, var bytes]:
                Console.WriteLine(await SeedAsync(repository, int.Parse(layers, CultureInfo.InvariantCulture), long.Parse(bytes, CultureInfo.InvariantCulture)));
                return 0;
            case ["promotion-copy", var from, var to, var digest, var tag]:
                var taken = await CopyAsync(from, to, ContentDigest.Parse(digest), ImageTag.Parse(tag));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taken.TotalMilliseconds:0.000} {PeakMemory()}"));
                return 0;
            default:
                return null;
        }
    }

    /// <summary>An image of layers of noise.</summary>
    public static async Task<ContentDigest> SeedAsync(string name, int layers, long bytes)
    {
        using var clients = new RegistryClients(TimeProvider.System);
        var repository = Open(clients, name);
        var described = new List<object>();
        for (var layer = 0; layer < layers; layer++)
            described.Add(Descriptor(MediaType.OciLayer, await NoiseAsync(repository, layer, bytes), bytes));
        var config = Encoding.UTF8.GetBytes("""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""");
        Check(await repository.UploadAsync(config, CancellationToken.None));
        var content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = MediaType.OciManifest,
            config = Descriptor(MediaType.OciConfig, ContentDigest.Of(config), config.Length),
            layers = described,
        });
        if (!ManifestDocument.TryParse(content, out var document, out var fault))
            throw new InvalidOperationException(fault);
        var manifest = new RegistryManifest(ContentDigest.Of(content), MediaType.OciManifest, content, document);
        Check(await repository.TagAsync(manifest, ImageTag.Parse("seed"), CancellationToken.None));
        return manifest.Digest;
    }

    public static async Task<TimeSpan> CopyAsync(string from, string to, ContentDigest digest, ImageTag tag)
    {
        using var clients = new RegistryClients(TimeProvider.System);
        return await CopyAsync(clients, from, to, digest, tag);
    }

    public static async Task<TimeSpan> CopyAsync(RegistryClients clients, string from, string to, ContentDigest digest, ImageTag tag)
    {
        var clock = Stopwatch.StartNew();
        var copied = await new ImageCopy(Open(clients, from), Open(clients, to)).CopyAsync(digest, [tag], null, CancellationToken.None);
        clock.Stop();
        Check(copied.Error);
        return clock.Elapsed;
    }

    // The kernel's own high-water mark.
    private static long PeakMemory() => File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024).Single();

    private static async Task<ContentDigest> NoiseAsync(RegistryRepository repository, int seed, long bytes)
    {
        var random = new Random(seed);
        var buffer = new byte[1024 * 1024];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var session = (await repository.StartUploadAsync(CancellationToken.None)).Value;
        for (var left = bytes; left > 0; left -= buffer.Length)
        {
            random.NextBytes(buffer);
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
            hash.AppendData(part.Span);
            session = (await repository.SendAsync(session, part, CancellationToken.None)).Value;
        }
        var digest = ContentDigest.OfHash(hash.GetHashAndReset());
        Check(await repository.FinishUploadAsync(session, digest, CancellationToken.None));
        return digest;
    }

    private static RegistryRepository Open(RegistryClients clients, string name) => clients.Open(new RegistryAddress("bench", name, Insecure: true), null);

    private static object Descriptor(string type, ContentDigest digest, long size) => new { mediaType = type, digest = digest.Value, size };

    private static void Check(RegistryError? error)
    {
        if (error is not null)
            throw new InvalidOperationException(error.ToString());
    }
}
