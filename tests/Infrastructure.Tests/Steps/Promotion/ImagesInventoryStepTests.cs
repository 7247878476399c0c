using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Promotion;

public sealed class ImagesInventoryStepTests : PromotionFixture
{
    [Fact]
    public async Task Observe_EverythingThere_NamesTagsPlatformsDigestsAndSizes()
    {
        var debian = await PushAsync("debian");
        await PushAsync("alpine");

        var proof = (await LookAsync()).ShouldBeOfType<Observation.Done>().Evidence;

        proof.Items.Single(item => item.Name == "inventory").Kind.ShouldBe(EvidenceKind.Images);
        ImageInventory.TryParse(proof["inventory"], out var inventory).ShouldBeTrue();
        var image = inventory!.Images.Single(image => image.Variant == "debian");
        (image.Tag, image.Digest).ShouldBe(("1.2.0-debian", debian.Digest));
        image.Platforms.Select(each => each.Platform.ToString()).ShouldBe(Platforms);
        image.Platforms.ShouldAllBe(each => each.Size > 4000);
        proof["image: debian (1.2.0-debian)"].ShouldBe(debian.Digest.Value);
    }

    [Fact]
    public async Task Observe_VariantAndPlatformMissing_FailsNamingThem()
    {
        await PushAsync("debian", platforms: ["linux/amd64"]);

        var failed = (await LookAsync()).ShouldBeOfType<Observation.Failed>();

        failed.Error.Code.ShouldBe("image-missing");
        failed.Error.Why.ShouldContain("debian (1.2.0-debian) for linux/arm64");
        failed.Error.Why.ShouldContain("alpine (1.2.0-alpine)");
        failed.Evidence["inventory"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Observe_StillBeingPushed_WaitsWhereItMay()
    {
        await PushAsync("debian");

        (await LookAsync(("wait", true))).ShouldBeOfType<Observation.Waiting>().Reason.ShouldContain("alpine");
        await PushAsync("alpine");
        (await LookAsync(("wait", true))).ShouldBeOfType<Observation.Done>();
    }

    [Fact]
    public async Task Observe_TagMovedSince_IsDifferent()
    {
        await PushAsync("debian");
        await PushAsync("alpine");
        var inventory = await ApproveAsync();
        (await LookAsync(("expect", inventory))).ShouldBeOfType<Observation.Done>();
        var other = await PushAsync("debian", size: 6000);

        var different = (await LookAsync(("expect", inventory))).ShouldBeOfType<Observation.Different>();

        different.Error.Code.ShouldBe("tag-moved");
        different.Error.Why.ShouldContain(other.Digest.Value);
    }

    [Fact]
    public async Task Observe_WrongPassword_FailsInTheRegistrysWordsAndTellsNoSecret()
    {
        Release.Secrets[Core.Projects.SecretName.ProductionRegistryPassword] = "not-the-password";

        var failed = (await Inventory.ObserveAsync(Release.Build("images.inventory", ("registry", "production")), Cancellation)).ShouldBeOfType<Observation.Failed>();

        failed.Error.Code.ShouldBe("wrong-credential");
        failed.Error.Why.ShouldContain("authentication required");
        failed.Error.ToString().ShouldNotContain("not-the-password");
    }

    [Fact]
    public async Task Observe_RegistryAway_WaitsInsteadOfFailing()
    {
        await Preproduction.DisposeAsync();

        (await LookAsync()).ShouldBeOfType<Observation.Waiting>().Reason.ShouldContain("cannot be reached");
        await InitializeAsync();
    }

    [Fact]
    public async Task Plan_SaysWhatIsAskedAndWanted()
    {
        var plan = await Inventory.PlanAsync(Release.Plan("images.inventory", null, ("registry", "preproduction")), Cancellation);

        plan.Lines.Select(line => line.Text).ShouldBe([$"GET {Preproduction.Address}v2/team/app/manifests/1.2.0-debian", $"GET {Preproduction.Address}v2/team/app/manifests/1.2.0-alpine"]);
        plan.Lines.ShouldAllBe(line => line.Wants == "linux/amd64, linux/arm64");
    }
}
