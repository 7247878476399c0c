using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Copying;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;
using Shouldly;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>Between two real registries, and within one; checked with skopeo.</summary>
public sealed class ImageCopyTests : RegistryTest, IAsyncLifetime
{
    private static readonly string[] Platforms = ["linux/amd64", "linux/arm64"];

    private RegistryServer preproduction = null!;
    private RegistryServer production = null!;

    public async ValueTask InitializeAsync()
    {
        preproduction = await RegistryServer.StartAsync();
        production = await RegistryServer.StartAsync(new RegistryLogin("maintainer", "s3cret"));
    }

    public async ValueTask DisposeAsync()
    {
        await preproduction.DisposeAsync();
        await production.DisposeAsync();
        Dispose();
    }

    private RegistryRepository Source => Open(preproduction, "team/app");

    private RegistryRepository Target => Open(production, "team/app");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_BetweenRegistries_BringsEveryPlatformUnchanged(bool docker)
    {
        var index = await new SampleImages(Source, docker).IndexAsync(Platforms, [200_000, 5000], Cancellation, Tag("1.0"), attested: true);
        var reports = new Reports();

        var copied = await new ImageCopy(Source, Target).CopyAsync(index.Digest, [Tag("1.0"), Tag("latest")], reports, Cancellation);

        copied.IsOk.ShouldBeTrue(copied.ToString());
        copied.Value.Manifests.ShouldBe(4);
        copied.Value.BlobsSent.ShouldBe(8);
        copied.Value.BytesSent.ShouldBe(copied.Value.Size);
        foreach (var tag in (string[])["1.0", "latest"])
            (await Target.ManifestAsync(Tag(tag), Cancellation)).Value!.Content.ToArray().ShouldBe(index.Content.ToArray());
        (await RegistryInventory.LookAsync(Target, "", Tag("1.0"), Cancellation)).Value.ShouldBe((await RegistryInventory.LookAsync(Source, "", Tag("1.0"), Cancellation)).Value);
        var last = reports.All[^1];
        (last.Done, last.Total).ShouldBe((copied.Value.Size, copied.Value.Size));
        last.Blobs.ShouldAllBe(blob => blob.State == BlobState.Copied && blob.Done == blob.Size);
    }

    [Fact]
    public async Task Copy_Twice_SendsNothingTheSecondTime()
    {
        var index = await new SampleImages(Source).IndexAsync(Platforms, [1000], Cancellation);
        var copy = new ImageCopy(Source, Target);
        (await copy.CopyAsync(index.Digest, [Tag("1.0")], null, Cancellation)).IsOk.ShouldBeTrue();

        var again = (await copy.CopyAsync(index.Digest, [Tag("1.0")], null, Cancellation)).Value;

        (again.BytesSent, again.BlobsSent, again.BlobsPresent).ShouldBe((0, 0, 4));
    }

    [Fact]
    public async Task Copy_WithinARegistry_MountsEveryBlob()
    {
        var target = Open(preproduction, "team/production");
        var index = await new SampleImages(Source).IndexAsync(Platforms, [1000], Cancellation);

        var copied = (await new ImageCopy(Source, target).CopyAsync(index.Digest, [Tag("1.0")], null, Cancellation)).Value;

        (copied.BytesSent, copied.BlobsMounted).ShouldBe((0, 4));
        ContentDigest.Of(System.Text.Encoding.UTF8.GetBytes(await Skopeo.RawAsync($"{target.Name}:1.0"))).ShouldBe(index.Digest);
    }

    [Theory]
    [InlineData(202)]
    [InlineData(403)]
    [InlineData(405)]
    public async Task Copy_RegistryRefusesMounts_StreamsInstead(int status)
    {
        await using var proxy = await FaultProxy.StartAsync(preproduction.Address);
        var (source, target) = (Open(proxy, "team/app"), Open(proxy, "team/production"));
        var index = await new SampleImages(source).IndexAsync(Platforms, [100_000], Cancellation);
        if (status != 202)
            proxy.Add(Fault.Refusing("POST", "mount=", status, "DENIED", "no mounts here"));
        else
            // A registry that does not know mounts begins an upload, as if nothing but that had been asked.
            proxy.Intercept = context =>
            {
                if (context.Request.Query.ContainsKey("mount"))
                    context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget = context.Request.Path;
                return Task.FromResult(false);
            };

        var copied = await new ImageCopy(source, target).CopyAsync(index.Digest, [Tag("1.0")], null, Cancellation);

        copied.IsOk.ShouldBeTrue(copied.ToString());
        (copied.Value.BlobsMounted, copied.Value.BlobsSent).ShouldBe((0, 4));
        (await target.HeadAsync(Tag("1.0"), Cancellation)).Value!.Digest.ShouldBe(index.Digest);
    }

    [Fact]
    public async Task Copy_OfWhatSkopeoPushed_IsReadBySkopeo()
    {
        var manifest = await new SampleImages(Source, docker: true).ManifestAsync("linux/amd64", [10_000], Cancellation, Tag("1.0"));
        await Skopeo.CopyAsync($"{Source.Name}:1.0", $"{preproduction.Host}/team/pushed:1.0");
        var pushed = Open(preproduction, "team/pushed");
        var open = Open(preproduction, "team/other");

        (await new ImageCopy(pushed, open).CopyAsync(manifest.Digest, [Tag("1.0")], null, Cancellation)).IsOk.ShouldBeTrue();

        (await Skopeo.InspectAsync($"{open.Name}:1.0")).GetProperty("Digest").GetString().ShouldBe(manifest.Digest.Value);
    }

    [Fact]
    public async Task Copy_WithoutTags_GivesNothingAName()
    {
        var index = await new SampleImages(Source).IndexAsync(Platforms, [1000], Cancellation);

        (await new ImageCopy(Source, Target).CopyAsync(index.Digest, [], null, Cancellation)).IsOk.ShouldBeTrue();

        (await Target.TagsAsync(Cancellation)).Value.ShouldBeEmpty();
    }

    private sealed class Reports : IProgress<CopyProgress>
    {
        private readonly List<CopyProgress> all = [];

        public IReadOnlyList<CopyProgress> All { get { lock (all) return [.. all]; } }

        public void Report(CopyProgress value)
        {
            lock (all)
                all.Add(value);
        }
    }
}
