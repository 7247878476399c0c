using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Copying;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;
using Shouldly;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>Whatever goes wrong between two registries: it is survived, or it stops with a clear error and no tag in production.</summary>
public sealed class ImageCopyFaultTests : RegistryTest, IAsyncLifetime
{
    private static readonly string[] Platforms = ["linux/amd64", "linux/arm64"];

    private RegistryServer preproduction = null!;
    private RegistryServer production = null!;
    private FaultProxy from = null!;
    private FaultProxy to = null!;
    private RegistryManifest index = null!;

    public async ValueTask InitializeAsync()
    {
        preproduction = await RegistryServer.StartAsync();
        production = await RegistryServer.StartAsync();
        from = await FaultProxy.StartAsync(preproduction.Address);
        to = await FaultProxy.StartAsync(production.Address);
        index = await new SampleImages(Open(preproduction, "team/app")).IndexAsync(Platforms, [2_000_000], Cancellation, Tag("1.0"));
    }

    public async ValueTask DisposeAsync()
    {
        await from.DisposeAsync();
        await to.DisposeAsync();
        await preproduction.DisposeAsync();
        await production.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Source_BreaksInMidLayer_GoesOnByRangeInTheSameUpload()
    {
        from.Add(new Fault("GET", "/blobs/", times: 2) { CutResponseAfter = 700_000 });

        var copied = await CopyAsync();

        await ShouldBeThereAsync(copied);
        from.Requests.Count(request => request.Range.Length > 0).ShouldBe(2);
        to.CountOf("PATCH", "/uploads/").ShouldBe(4);
        copied.Value.BytesSent.ShouldBe(copied.Value.Size);
    }

    [Fact]
    public async Task Target_BreaksInMidLayer_IsTakenUpAgain()
    {
        to.Add(new Fault("PATCH", "/uploads/", times: 2) { CutRequestAfter = 700_000 });

        await ShouldBeThereAsync(await CopyAsync());
    }

    [Theory]
    [InlineData("PATCH", "/uploads/")]
    [InlineData("PUT", "/uploads/")]
    [InlineData("PUT", "/manifests/sha256")]
    [InlineData("PUT", "/manifests/1")]
    public async Task Target_AnswerIsLostAfterSuccess_IsFoundOut(string method, string path)
    {
        to.Add(new Fault(method, path, times: 1) { LoseAnswer = true });

        await ShouldBeThereAsync(await CopyAsync());
    }

    [Theory]
    [InlineData("POST", "/uploads/")]
    [InlineData("PATCH", "/uploads/")]
    [InlineData("PUT", "/manifests/sha256")]
    [InlineData("PUT", "/manifests/1")]
    public async Task Target_RateLimit_IsWaitedFor(string method, string path)
    {
        to.Add(Fault.Refusing(method, path, 429, "TOOMANYREQUESTS", "slow down", retryAfter: "1", times: 1));

        await ShouldBeThereAsync(await CopyAsync());
    }

    [Theory]
    [InlineData("POST", "/uploads/", 401, RegistryFailure.AuthenticationFailed)]
    [InlineData("POST", "/uploads/", 500, RegistryFailure.AnswerLost)]
    [InlineData("PATCH", "/uploads/", 500, RegistryFailure.AnswerLost)]
    [InlineData("PATCH", "/uploads/", 429, RegistryFailure.RateLimit)]
    [InlineData("PUT", "/uploads/", 500, RegistryFailure.AnswerLost)]
    [InlineData("PUT", "/manifests/sha256", 403, RegistryFailure.Denied)]
    [InlineData("PUT", "/manifests/1", 500, RegistryFailure.AnswerLost)]
    public async Task Target_Refuses_StopsInItsOwnWordsWithoutATag(string method, string path, int status, RegistryFailure kind)
    {
        to.Add(Fault.Refusing(method, path, status, "SOMETHING", "words of the registry"));

        var copied = await CopyAsync();

        copied.Error!.Kind.ShouldBe(kind);
        copied.Error.ToString().ShouldContain("words of the registry");
        await ShouldHaveNoTagAsync();
    }

    [Theory]
    [InlineData("GET", "/manifests/", 401, RegistryFailure.AuthenticationFailed)]
    [InlineData("GET", "/blobs/", 429, RegistryFailure.RateLimit)]
    [InlineData("GET", "/blobs/", 500, RegistryFailure.AnswerLost)]
    public async Task Source_Refuses_StopsInItsOwnWordsWithoutATag(string method, string path, int status, RegistryFailure kind)
    {
        from.Add(Fault.Refusing(method, path, status, "SOMETHING", "words of the registry", retryAfter: "0"));

        var copied = await CopyAsync();

        copied.Error!.Kind.ShouldBe(kind);
        copied.Error.ToString().ShouldContain("words of the registry");
        await ShouldHaveNoTagAsync();
    }

    [Theory]
    [InlineData("/blobs/")]
    [InlineData("/manifests/")]
    public async Task Source_AnswersOtherBytes_StopsWithoutATag(string path)
    {
        from.Add(new Fault("GET", path) { Spoil = true });

        var copied = await CopyAsync();

        copied.Error!.Kind.ShouldBe(RegistryFailure.WrongDigest);
        copied.Error.Message.ShouldContain("other bytes");
        await ShouldHaveNoTagAsync();
    }

    [Fact]
    public async Task Source_LacksAPlatform_SaysWhichAndWritesNothing()
    {
        (await Open(preproduction, "team/app").DeleteAsync(index.Document.Manifests[1].Digest, Cancellation)).ShouldBeNull();

        var copied = await CopyAsync();

        copied.Error!.Kind.ShouldBe(RegistryFailure.NotFound);
        copied.Error.Message.ShouldContain("linux/arm64");
        to.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Source_LacksALayer_SaysWhichWithoutATag()
    {
        from.Add(Fault.Refusing("GET", "/blobs/", 404, "BLOB_UNKNOWN", "blob unknown to registry"));

        var copied = await CopyAsync();

        copied.Error!.ToString().ShouldContain("blob unknown to registry");
        await ShouldHaveNoTagAsync();
    }

    [Fact]
    public async Task Crash_InMidLayer_IsGoneOnWithWithoutSendingWhatIsThere()
    {
        using var crash = new CancellationTokenSource();
        var blobs = 0;
        to.Intercept = context =>
        {
            if (context.Request.Method == "PUT" && Interlocked.Increment(ref blobs) == 3)
                crash.Cancel();
            return Task.FromResult(false);
        };
        await Should.ThrowAsync<OperationCanceledException>(() => Copy.CopyAsync(index.Digest, [Tag("1.0")], null, crash.Token));
        await ShouldHaveNoTagAsync();
        to.Intercept = null;

        var copied = await CopyAsync();

        await ShouldBeThereAsync(copied);
        copied.Value.BlobsPresent.ShouldBeGreaterThanOrEqualTo(2);
    }

    private ImageCopy Copy => new(Open(from, "team/app"), Open(to, "team/app"), new CopyOptions { BlobRetries = 2, Parallel = 2 });

    private Task<Results.Result<CopiedImage, RegistryError>> CopyAsync() => Copy.CopyAsync(index.Digest, [Tag("1.0")], null, Cancellation);

    private async Task ShouldBeThereAsync(Results.Result<CopiedImage, RegistryError> copied)
    {
        copied.IsOk.ShouldBeTrue(copied.ToString());
        (await Skopeo.RawAsync($"{production.Repository("team/app")}:1.0")).ShouldBe(System.Text.Encoding.UTF8.GetString(index.Content.Span));
        foreach (var child in index.Document.Manifests)
            (await Skopeo.InspectAsync($"{production.Repository("team/app")}@{child.Digest}")).GetProperty("Architecture").GetString().ShouldBe(child.Platform!.Architecture);
    }

    private async Task ShouldHaveNoTagAsync() => (await Open(production, "team/app").TagsAsync(Cancellation)).Value.ShouldBeEmpty();
}
