using System.Text;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;
using Shouldly;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>Against a real registry, checked with skopeo.</summary>
public sealed class RegistryRepositoryTests : RegistryTest, IAsyncLifetime
{
    private RegistryServer server = null!;

    public async ValueTask InitializeAsync() => server = await RegistryServer.StartAsync(new RegistryLogin("maintainer", "s3cret"));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Ping_RightPassword_IsFine() => (await Open(server, "team/app").PingAsync(Cancellation)).ShouldBeNull();

    [Fact]
    public async Task Ping_WrongPassword_IsAuthenticationFailedInTheRegistrysWords()
    {
        var error = await Open(server.Host, "team/app", new RegistryCredential("maintainer", "wrong")).PingAsync(Cancellation);

        error!.Kind.ShouldBe(RegistryFailure.AuthenticationFailed);
        error.ToString().ShouldContain("authentication required (UNAUTHORIZED)");
    }

    [Fact]
    public async Task Ping_NoPassword_SaysThatOneIsNeeded()
    {
        var error = await Open(server.Host, "team/app", null).PingAsync(Cancellation);

        error!.Kind.ShouldBe(RegistryFailure.AuthenticationFailed);
        error.Message.ShouldContain("wants a user and a password");
    }

    [Fact]
    public async Task Ping_NobodyThere_IsUnreachable()
    {
        var gone = await RegistryServer.StartAsync();
        await gone.DisposeAsync();

        (await Open(gone, "team/app").PingAsync(Cancellation))!.Kind.ShouldBe(RegistryFailure.Unreachable);
    }

    [Fact]
    public async Task Manifest_PutUnderTag_IsReadBackByTagAndDigestWithTheSameBytes()
    {
        var repository = Open(server, "team/app");
        var made = await new SampleImages(repository).ManifestAsync("linux/arm64", [1000, 2000], Cancellation, Tag("1.0"));

        var byTag = await repository.ManifestAsync(Tag("1.0"), Cancellation);
        var byDigest = await repository.ManifestAsync(made.Digest, Cancellation);

        byTag.Value!.Content.ToArray().ShouldBe(made.Content.ToArray());
        byDigest.Value!.Digest.ShouldBe(made.Digest);
        (await repository.HeadAsync(Tag("1.0"), Cancellation)).Value!.Digest.ShouldBe(made.Digest);
    }

    [Fact]
    public async Task Manifest_NotThere_IsNull()
    {
        var repository = Open(server, "team/nothing");

        (await repository.ManifestAsync(Tag("1.0"), Cancellation)).Value.ShouldBeNull();
        (await repository.HeadAsync(Tag("1.0"), Cancellation)).Value.ShouldBeNull();
        (await repository.TagsAsync(Cancellation)).Value.ShouldBeEmpty();
        (await repository.BlobSizeAsync(ContentDigest.Of("x"u8), Cancellation)).Value.ShouldBeNull();
    }

    [Fact]
    public async Task Manifest_ItsBlobsAreMissing_IsRefusedInTheRegistrysWords()
    {
        var content = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}","config":{"mediaType":"{{MediaType.OciConfig}}","size":2,"digest":"{{ContentDigest.Of("{}"u8)}}"},"layers":[]}
            """);
        ManifestDocument.TryParse(content, out var document, out _).ShouldBeTrue();

        var error = await Open(server, "team/app").PutAsync(new RegistryManifest(ContentDigest.Of(content), MediaType.OciManifest, content, document!), Cancellation);

        error!.Kind.ShouldBeOneOf(RegistryFailure.Refused, RegistryFailure.NotFound);
        error.Has("MANIFEST_BLOB_UNKNOWN").ShouldBeTrue(error.ToString());
    }

    [Fact]
    public async Task Blob_UploadedInParts_HasTheDigestOfAllOfThem()
    {
        var repository = Open(server, "team/app");
        byte[] content = [.. Enumerable.Range(0, 300_000).Select(number => (byte)(number * 7))];
        var session = (await repository.StartUploadAsync(Cancellation)).Value;
        session = (await repository.SendAsync(session, content.AsMemory(0, 100_000), Cancellation)).Value;
        session = (await repository.UploadStatusAsync(session, Cancellation)).Value!;
        session.Offset.ShouldBe(100_000);
        session = (await repository.SendAsync(session, content.AsMemory(100_000), Cancellation)).Value;

        (await repository.FinishUploadAsync(session, ContentDigest.Of(content), Cancellation)).ShouldBeNull();

        (await repository.BlobSizeAsync(ContentDigest.Of(content), Cancellation)).Value.ShouldBe(300_000);
        var descriptor = new ContentDescriptor("application/octet-stream", ContentDigest.Of(content), content.Length);
        (await repository.ReadBlobAsync(descriptor, 1_000_000, Cancellation)).Value.ShouldBe(content);
    }

    [Fact]
    public async Task Blob_FinishedUnderAnotherDigest_IsRefusedInTheRegistrysWords()
    {
        var repository = Open(server, "team/app");
        var session = (await repository.StartUploadAsync(Cancellation)).Value;
        session = (await repository.SendAsync(session, "some"u8.ToArray(), Cancellation)).Value;

        var error = await repository.FinishUploadAsync(session, ContentDigest.Of("other"u8), Cancellation);

        error!.Has("DIGEST_INVALID").ShouldBeTrue(error.ToString());
    }

    [Fact]
    public async Task Blob_CancelledUpload_IsUnknownAfterwards()
    {
        var repository = Open(server, "team/app");
        var session = (await repository.StartUploadAsync(Cancellation)).Value;

        (await repository.CancelUploadAsync(session, Cancellation)).ShouldBeNull();

        (await repository.UploadStatusAsync(session, Cancellation)).Value.ShouldBeNull();
    }

    [Fact]
    public async Task Mount_OfABlobElsewhereInTheRegistry_IsThere()
    {
        var from = Open(server, "team/preproduction");
        var to = Open(server, "team/production");
        (await from.UploadAsync("layer"u8.ToArray(), Cancellation)).ShouldBeNull();

        (await to.MountAsync(ContentDigest.Of("layer"u8), from.Name, Cancellation)).Value.ShouldBeNull();

        (await to.BlobSizeAsync(ContentDigest.Of("layer"u8), Cancellation)).Value.ShouldBe(5);
    }

    [Fact]
    public async Task Mount_OfABlobThatIsNowhere_BeginsAnUpload()
    {
        var to = Open(server, "team/production");

        var session = (await to.MountAsync(ContentDigest.Of("layer"u8), ImageRepository.Parse($"{server.Host}/team/preproduction"), Cancellation)).Value;

        session = (await to.SendAsync(session!, "layer"u8.ToArray(), Cancellation)).Value;
        (await to.FinishUploadAsync(session, ContentDigest.Of("layer"u8), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Tags_OfARealRegistry_AreAllThere()
    {
        var repository = Open(server, "team/many");
        var manifest = await new SampleImages(repository).ManifestAsync("linux/amd64", [10], Cancellation);
        var wanted = Enumerable.Range(0, 7).Select(number => $"1.{number}").ToList();
        foreach (var tag in wanted)
            (await repository.TagAsync(manifest, Tag(tag), Cancellation)).ShouldBeNull();

        (await repository.TagsAsync(Cancellation, pageSize: 3)).Value.Select(tag => tag.Value).ShouldBe(wanted, ignoreOrder: true);
    }

    // docker-registry answers with all tags whatever it is asked, so the pages are scripted.
    [Theory]
    [InlineData("</v2/team/app/tags/list?n=2&last=b>; rel=\"next\"")]
    [InlineData("<tags/list?n=2&last=b>; rel=next")]
    public async Task Tags_OnSeveralPages_AreFollowed(string link)
    {
        await using var proxy = await FaultProxy.StartAsync(server.Address);
        proxy.Intercept = async context =>
        {
            var isFirst = !context.Request.Query.ContainsKey("last");
            if (isFirst)
                context.Response.Headers.Link = link.Replace("<tags", $"<{proxy.Address}v2/team/app/tags", StringComparison.Ordinal);
            await context.Response.WriteAsJsonAsync(new { name = "team/app", tags = isFirst ? new[] { "a", "b" } : ["c"] });
            return true;
        };

        (await Open(proxy, "team/app").TagsAsync(Cancellation, pageSize: 2)).Value.Select(tag => tag.Value).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Tags_NextPageOnAnotherHost_IsNotFollowed()
    {
        await using var proxy = await FaultProxy.StartAsync(server.Address);
        proxy.Intercept = async context =>
        {
            context.Response.Headers.Link = $"<{server.Address}v2/team/app/tags/list?last=b>; rel=\"next\"";
            await context.Response.WriteAsJsonAsync(new { name = "team/app", tags = new[] { "a" } });
            return true;
        };

        (await Open(proxy, "team/app").TagsAsync(Cancellation)).Error!.Kind.ShouldBe(RegistryFailure.Malformed);
    }

    [Fact]
    public async Task Delete_OfAManifest_TakesItsTagsAway()
    {
        var repository = Open(server, "team/app");
        var manifest = await new SampleImages(repository).ManifestAsync("linux/amd64", [10], Cancellation, Tag("1.0"));

        (await repository.DeleteAsync(manifest.Digest, Cancellation)).ShouldBeNull();

        (await repository.HeadAsync(Tag("1.0"), Cancellation)).Value.ShouldBeNull();
        (await repository.DeleteAsync(manifest.Digest, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Referrers_RegistryWithoutThatApi_AreReadFromTheTag()
    {
        var repository = Open(server, "team/app");
        var images = new SampleImages(repository);
        var subject = await images.ManifestAsync("linux/amd64", [10], Cancellation);
        var index = await images.IndexAsync(["linux/amd64"], [20], Cancellation, Tag($"sha256-{subject.Digest.Hex}"));

        var referrers = await repository.ReferrersAsync(subject.Digest, Cancellation);

        referrers.Value.ShouldHaveSingleItem().Digest.ShouldBe(index.Document.Manifests[0].Digest);
        (await repository.ReferrersAsync(index.Digest, Cancellation)).Value.ShouldBeEmpty();
    }
}
