using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.TestSupport.Containers;
using Shouldly;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

public sealed class RegistryInventoryTests : RegistryTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Look_IndexWithAttestation_NamesThePlatformsOnly(bool docker)
    {
        await using var server = await RegistryServer.StartAsync();
        var repository = Open(server, "team/app");
        var index = await new SampleImages(repository, docker).IndexAsync(["linux/arm64", "linux/amd64", "linux/arm/v7"], [1000, 500], Cancellation, Tag("1.0-debian"), attested: true);

        var found = (await RegistryInventory.LookAsync(repository, "debian", Tag("1.0-debian"), Cancellation)).Value!;

        found.Digest.ShouldBe(index.Digest);
        found.Platforms.Select(each => each.Platform.ToString()).ShouldBe(["linux/amd64", "linux/arm/v7", "linux/arm64"]);
        found.Platforms[0].Digest.ShouldBe(index.Document.Manifests[1].Digest);
        found.Platforms[0].Size.ShouldBeInRange(1500, 3500);
    }

    [Fact]
    public async Task Look_SingleManifest_ReadsThePlatformFromItsConfiguration()
    {
        await using var server = await RegistryServer.StartAsync();
        var repository = Open(server, "team/app");
        var manifest = await new SampleImages(repository, docker: true).ManifestAsync("linux/arm/v6", [1000], Cancellation, Tag("1.0"));

        var found = (await RegistryInventory.LookAsync(repository, "debian", Tag("1.0"), Cancellation)).Value!;

        found.Digest.ShouldBe(manifest.Digest);
        found.Platforms.ShouldHaveSingleItem().ShouldBe(new PlatformImage(Platform.Parse("linux/arm/v6"), manifest.Digest, manifest.Document.Blobs.Sum(blob => blob.Size)));
        (await Skopeo.InspectAsync($"{server.Repository("team/app")}:1.0")).GetProperty("Digest").GetString().ShouldBe(manifest.Digest.Value);
    }

    [Fact]
    public async Task Look_NoSuchTag_IsNull()
    {
        await using var server = await RegistryServer.StartAsync();

        (await RegistryInventory.LookAsync(Open(server, "team/app"), "debian", Tag("1.0"), Cancellation)).Value.ShouldBeNull();
    }
}
