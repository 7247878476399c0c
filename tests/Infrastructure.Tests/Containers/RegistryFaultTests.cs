using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;
using Shouldly;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>What the client makes of a registry that is busy, broken or lies.</summary>
public sealed class RegistryFaultTests : RegistryTest, IAsyncLifetime
{
    private RegistryServer server = null!;
    private FaultProxy proxy = null!;
    private RegistryRepository repository = null!;
    private RegistryManifest image = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RegistryServer.StartAsync();
        proxy = await FaultProxy.StartAsync(server.Address);
        repository = Open(proxy, "team/app");
        image = await new SampleImages(Open(server, "team/app")).ManifestAsync("linux/amd64", [300_000], Cancellation, Tag("1.0"));
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await server.DisposeAsync();
        Dispose();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task Read_RefusedTwice_IsRepeated(int status)
    {
        proxy.Add(Fault.Refusing("GET", "/manifests/", status, "TOOMANYREQUESTS", "slow down", retryAfter: "0", times: 2));

        (await repository.ManifestAsync(Tag("1.0"), Cancellation)).Value!.Digest.ShouldBe(image.Digest);

        proxy.CountOf("GET", "/manifests/").ShouldBe(3);
    }

    [Fact]
    public async Task Read_AskedToWaitLong_IsHandedBackWithTheWait()
    {
        proxy.Add(Fault.Refusing("GET", "/manifests/", 429, "TOOMANYREQUESTS", "You have reached your pull rate limit", retryAfter: "3600"));

        var error = (await repository.ManifestAsync(Tag("1.0"), Cancellation)).Error!;

        error.Kind.ShouldBe(RegistryFailure.RateLimit);
        error.RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        error.ToString().ShouldContain("You have reached your pull rate limit");
        proxy.CountOf("GET", "/manifests/").ShouldBe(1);
    }

    [Fact]
    public async Task Write_Refused_IsNotRepeated()
    {
        proxy.Add(Fault.Refusing("PUT", "/manifests/", 500, "UNKNOWN", "disk on fire"));

        var error = await repository.TagAsync(image, Tag("2.0"), Cancellation);

        error!.Kind.ShouldBe(RegistryFailure.AnswerLost);
        error.ToString().ShouldContain("disk on fire (UNKNOWN)");
        proxy.CountOf("PUT", "/manifests/").ShouldBe(1);
    }

    [Fact]
    public async Task Manifest_OtherBytesForADigest_AreRefused()
    {
        proxy.Add(new Fault("GET", "/manifests/") { Spoil = true });

        (await repository.ManifestAsync(image.Digest, Cancellation)).Error!.Kind.ShouldBe(RegistryFailure.WrongDigest);
        (await repository.ManifestAsync(Tag("1.0"), Cancellation)).Error!.Kind.ShouldBe(RegistryFailure.WrongDigest);
    }

    [Fact]
    public async Task Blob_ConnectionBreaksInTheMiddle_GoesOnFromThere()
    {
        var layer = image.Document.Layers[0];
        proxy.Add(new Fault("GET", "/blobs/", times: 1) { CutResponseAfter = 100_000 });
        proxy.Add(new Fault("GET", "/blobs/", times: 1) { CutResponseAfter = 50_000 });

        var read = await repository.ReadBlobAsync(layer, 1_000_000, Cancellation);

        ContentDigest.Of(read.Value).ShouldBe(layer.Digest);
        var ranges = proxy.Requests.Where(request => request.Target.Contains("/blobs/", StringComparison.Ordinal)).Select(request => request.Range).ToList();
        ranges.Count.ShouldBe(3);
        ranges[0].ShouldBe("");
        ranges[1].ShouldStartWith("bytes=");
        ranges[2].ShouldStartWith("bytes=");
    }

    [Fact]
    public async Task Blob_RegistryWithoutRanges_IsReadOnFromWhereItBroke()
    {
        var layer = image.Document.Layers[0];
        proxy.Add(new Fault("GET", "/blobs/", times: 1) { CutResponseAfter = 100_000 });
        proxy.Intercept = context => { context.Request.Headers.Remove("Range"); return Task.FromResult(false); };

        ContentDigest.Of((await repository.ReadBlobAsync(layer, 1_000_000, Cancellation)).Value).ShouldBe(layer.Digest);
    }

    [Fact]
    public async Task Blob_OtherBytes_AreRefused()
    {
        proxy.Add(new Fault("GET", "/blobs/") { Spoil = true });

        (await repository.ReadBlobAsync(image.Document.Layers[0], 1_000_000, Cancellation)).Error!.Kind.ShouldBe(RegistryFailure.WrongDigest);
    }

    [Fact]
    public async Task Blob_AlwaysBreaks_FailsInTheEnd()
    {
        proxy.Add(new Fault("GET", "/blobs/") { CutResponseAfter = 0 });

        (await repository.ReadBlobAsync(image.Document.Layers[0], 1_000_000, Cancellation)).Error!.Kind.ShouldBe(RegistryFailure.AnswerLost);
    }
}
