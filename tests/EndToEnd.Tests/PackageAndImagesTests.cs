using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.EndToEnd.Tests.Repositories;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>A package and three images of one commit, released whole with a real engine and two real registries, looked at with skopeo.</summary>
public sealed class PackageAndImagesTests
{
    private const string Version = "0.2.0";

    private static readonly Dictionary<string, string[]> Tags = new()
    {
        ["debian"] = ["0.2.0-debian", "debian", "latest"],
        ["signal-debian"] = ["0.2.0-signal-debian", "signal-debian"],
        ["alpine"] = ["0.2.0-alpine", "alpine"],
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Release_OfPackageAndImages_IsTheSameInBothRegistriesAndOnTheIndexes()
    {
        (await Emulation.IsReadyAsync()).ShouldBeTrue("qemu-user-static and binfmt_misc are needed.");
        await using var site = await ImageSite.StartAsync(Stop);
        await using var product = await ProductProcess.StartAsync(settings: [$"Docker:Host={site.Engine.Host}"]);
        using var driver = await ReleaseDriver.CreateAsync(product);
        var project = await ImportAsync(driver, site);
        var before = await DigestAsync($"{site.Variants.Published}:latest");
        var release = await driver.PublishAsync((await driver.StartAsync(project.Name, Version, playbook: "python-docker")).Id);

        await ScmProject.ShouldBeOnIndexAsync(project, release, "test");
        await ScmProject.ShouldBeOnIndexAsync(project, release, "production");
        foreach (var (variant, tags) in Tags)
            await ShouldBeInBothAsync(site.Variants, project, release, variant, tags);
        release["smoke-images"]["smoke"].ShouldBe("3 images ran");
        product.Log.ShouldNotContain(ImageSite.Login.Password);
        ShouldHaveShownTheTags(release["approve-images"], before);
        release["clean-images"]["cleaned"]!.ShouldStartWith("6 images removed from the engine");
        (await site.Engine.DockerAsync("images", "--quiet", $"release-dashboard/{release.Id:N}")).ShouldBeEmpty("images of the release stay on the engine");
        (await TagsAsync(site.Variants.Published, null)).ShouldBe([.. Tags.Values.SelectMany(tags => tags), "0.1.0-debian"], ignoreOrder: true);
    }

    // Where each tag goes, and where those that users follow were.
    private static void ShouldHaveShownTheTags(StepAnswer approval, string before)
    {
        TagMoves.TryParse(approval["image_tags"], out var moves).ShouldBeTrue(approval.ToString());
        moves!.All.Select(move => move.Tag.Value).ShouldBe(Tags.Values.SelectMany(tags => tags), ignoreOrder: true);
        moves.All.Where(move => move.IsMove).Select(move => move.Tag.Value).ShouldBe(["debian", "latest"], ignoreOrder: true);
        moves.All.Single(move => move.Tag.Value == "latest").Now!.Value.ShouldBe(before);
        ImageInventory.TryParse(approval["images"], out var inventory).ShouldBeTrue();
        foreach (var move in moves.All)
            inventory!.Images.Where(image => image.Variant == move.Variant).ShouldAllBe(image => image.Digest == move.To);
    }

    private static async Task<string> DigestAsync(string image) =>
        ContentDigest.Of(System.Text.Encoding.UTF8.GetBytes(await Skopeo.RawAsync(image))).Value;

    private static async Task<ImportedProject> ImportAsync(ReleaseDriver driver, ImageSite site)
    {
        var project = await ScmProject.CreateAsync(driver, "scm-words", site.Variants.Write, settings => settings with { UseTestIndex = true, Images = site.Variants.Settings() });
        await project.SecretAsync(SecretName.PreproductionRegistryUser, ImageSite.Login.User);
        await project.SecretAsync(SecretName.PreproductionRegistryPassword, ImageSite.Login.Password);
        return project;
    }

    private static async Task ShouldBeInBothAsync(ImageVariants variants, ImportedProject project, ReleaseAnswer release, string variant, string[] tags)
    {
        var digests = new HashSet<string>();
        foreach (var tag in tags)
        {
            var (tried, published) = (await Skopeo.RawAsync($"{variants.Tried}:{tag}", ImageSite.Login), await Skopeo.RawAsync($"{variants.Published}:{tag}"));
            published.ShouldBe(tried, $"{tag} is not the same in both registries");
            JsonDocument.Parse(published).RootElement.GetProperty("manifests").EnumerateArray()
                .Select(child => $"{child.GetProperty("platform").GetProperty("os")}/{child.GetProperty("platform").GetProperty("architecture")}")
                .ShouldBe(ImageVariants.Platforms.Select(platform => platform.ToString()), tag);
            digests.Add(ContentDigest.Of(System.Text.Encoding.UTF8.GetBytes(published)).Value);
        }
        digests.ShouldHaveSingleItem();
        foreach (var platform in ImageVariants.Platforms)
        {
            var image = await Skopeo.InspectAsync($"{variants.Published}:{tags[0]}", architecture: platform.Architecture);
            image.GetProperty("Architecture").GetString().ShouldBe(platform.Architecture);
            var labels = image.GetProperty("Labels");
            Label("version").ShouldBe(Version);
            if (variant == "signal-debian")
                labels.GetProperty("signal").GetString().ShouldBe(Version);
            Label("revision").ShouldBe(release["update"]["commit"]);
            Label("source").ShouldBe(new Uri(project.Driver.Sandbox.Address, $"/{project.Repository}").AbsoluteUri);
            DateTimeOffset.Parse(Label("created"), System.Globalization.CultureInfo.InvariantCulture)
                .ShouldBeInRange(release.Stages[0].Steps[0].StartedAt!.Value.AddMinutes(-1), release["build-images"].StartedAt!.Value);

            string Label(string name) => labels.GetProperty($"org.opencontainers.image.{name}").GetString()!;
        }
    }

    private static async Task<IReadOnlyList<string>> TagsAsync(string repository, RegistryLogin? login) =>
        [.. (await Skopeo.InspectAsync($"{repository}:latest", login)).GetProperty("RepoTags").EnumerateArray().Select(tag => tag.GetString()!)];
}
