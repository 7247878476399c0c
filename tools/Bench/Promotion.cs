using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Bench;

/// <summary>An image of 500 MB in 5 layers: between two registries against skopeo, within one against the bare mounts.</summary>
internal static class Promotion
{
    private const int Layers = 5;
    private const long LayerBytes = 100 * 1000 * 1000;
    private const int MountsPerRun = 10;
    private const double BetweenTarget = 1.0;
    private const double WithinTarget = 1.5;
    private const long MemoryTarget = 200 * 1024 * 1024;

    public static async Task<IReadOnlyList<Row>> RunAsync(int runs)
    {
        await using var preproduction = await RegistryServer.StartAsync();
        var source = preproduction.Repository("bench/app");
        var digest = await PromotionChild.SeedAsync(source, Layers, LayerBytes);
        return [.. await BetweenAsync(source, digest, runs), await WithinAsync(source, preproduction, digest, runs * MountsPerRun)];
    }

    private static async Task<IReadOnlyList<Row>> BetweenAsync(string source, ContentDigest digest, int runs)
    {
        var (ours, skopeo, peaks) = (new List<double>(), new List<double>(), new List<long>());
        // The first run brings the image and both programs into the page cache.
        for (var run = -1; run < runs; run++)
        {
            // A process each, as for skopeo, but its start is not counted: the product runs already.
            var said = await IntoAsync(target => Tool.RunAsync("dotnet", [typeof(Promotion).Assembly.Location, "promotion-copy", source, target, digest.Value, "1.0"]));
            var taken = await IntoAsync(async target =>
            {
                var clock = Stopwatch.StartNew();
                await Tool.RunAsync("skopeo", ["copy", "--all", "--insecure-policy", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{source}@{digest}", $"docker://{target}:1.0"]);
                return clock.Elapsed.TotalMilliseconds;
            });
            if (run < 0)
                continue;
            skopeo.Add(taken);
            var figures = said.Trim().Split(' ');
            ours.Add(double.Parse(figures[0], CultureInfo.InvariantCulture));
            peaks.Add(long.Parse(figures[1], CultureInfo.InvariantCulture));
        }
        var (mine, reference, peak) = (new Measure(ours).Median, new Measure(skopeo).Median, peaks.Max());
        return
        [
            new Row("promotion of 500 MB between registries", Measure.Ms(mine), $"{Measure.Ms(reference)} (skopeo copy)",
                Measure.Times(mine / reference), $"at most {Measure.Times(BetweenTarget)}", mine / reference <= BetweenTarget),
            new Row("peak memory of that process", Megabytes(peak), "", "", $"at most {Megabytes(MemoryTarget)}", peak <= MemoryTarget),
        ];
    }

    // A registry of its own for each copy: skopeo remembers what it has pushed where, and mounts it the next time.
    private static async Task<T> IntoAsync<T>(Func<string, Task<T>> copy)
    {
        await using var production = await RegistryServer.StartAsync();
        return await copy(production.Repository("bench/app"));
    }

    private static async Task<Row> WithinAsync(string source, RegistryServer registry, ContentDigest digest, int runs)
    {
        var (ours, bare) = (new List<double>(), new List<double>());
        using var clients = new RegistryClients(TimeProvider.System);
        using var http = new HttpClient { BaseAddress = registry.Address };
        for (var run = -5; run < runs; run++)
        {
            var mine = (await PromotionChild.CopyAsync(clients, source, registry.Repository($"ours/mount{run + 5}"), digest, ImageTag.Parse("1.0"))).TotalMilliseconds;
            var reference = await BareAsync(http, "bench/app", $"bare/mount{run + 5}", digest);
            // The first runs are compiled while they run.
            if (run < 0)
                continue;
            ours.Add(mine);
            bare.Add(reference);
        }
        var (measured, mounts) = (new Measure(ours).Median, new Measure(bare).Median);
        return new Row("promotion of 500 MB within a registry", Measure.Ms(measured), $"{Measure.Ms(mounts)} (bare mounts)",
            Measure.Times(measured / mounts), $"at most {Measure.Times(WithinTarget)}", measured / mounts <= WithinTarget);
    }

    // What a script with curl would send: the manifest, a mount for each blob, the manifest under its tag.
    private static async Task<double> BareAsync(HttpClient http, string from, string to, ContentDigest digest)
    {
        var clock = Stopwatch.StartNew();
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"v2/{from}/manifests/{digest}");
        asked.Headers.Accept.ParseAdd(MediaType.OciManifest);
        using var manifest = await http.SendAsync(asked);
        var content = await manifest.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        using var json = JsonDocument.Parse(content);
        foreach (var blob in json.RootElement.GetProperty("layers").EnumerateArray().Append(json.RootElement.GetProperty("config")))
        {
            using var mounted = await http.PostAsync($"v2/{to}/blobs/uploads/?mount={blob.GetProperty("digest")}&from={from}", null);
            if (mounted.StatusCode != System.Net.HttpStatusCode.Created)
                throw new InvalidOperationException($"The registry answered {mounted.StatusCode} to a mount.");
        }
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType.OciManifest) } };
        using var put = await http.PutAsync($"v2/{to}/manifests/1.0", body);
        put.EnsureSuccessStatusCode();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024 / 1024} MB");
}
