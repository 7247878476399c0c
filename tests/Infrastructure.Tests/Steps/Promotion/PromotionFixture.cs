using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Steps.Containers;
using ReleaseDashboard.Infrastructure.Steps.People;
using ReleaseDashboard.Infrastructure.Tests.Containers;
using ReleaseDashboard.TestSupport.Containers;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Promotion;

/// <summary>Two registries, a project with two variants for two platforms, and its images in preproduction.</summary>
public abstract class PromotionFixture : RegistryTest, IAsyncLifetime
{
    private protected static readonly string[] Platforms = ["linux/amd64", "linux/arm64"];

    private readonly string folder = Directory.CreateTempSubdirectory("promotion-").FullName;

    private protected RegistryServer Preproduction { get; private set; } = null!;

    private protected RegistryServer Production { get; private set; } = null!;

    private protected FaultProxy Door { get; private set; } = null!;

    private protected StepContextBuilder Release { get; private set; } = null!;

    private protected RegistryRepository Tested => Open(Preproduction, "team/app");

    private protected RegistryRepository Published => Open(Production, "team/app");

    private protected ImagesInventoryStep Inventory => new(clients);

    private protected ImagesPromoteStep Promote => new(clients, TimeProvider.System);

    private protected ImagesTagsStep Tags => new(clients);

    private protected ImagesParityStep Parity => new(clients);

    public async ValueTask InitializeAsync()
    {
        Preproduction = await RegistryServer.StartAsync();
        Production = await RegistryServer.StartAsync(new RegistryLogin("maintainer", "s3cret-of-production"));
        Door = await FaultProxy.StartAsync(Production.Address);
        var settings = new ProjectSettings
        {
            GitUrl = "http://127.0.0.1/example/tool.git",
            WebUrl = "http://127.0.0.1/example/tool",
            Package = "tool",
            VersionFile = "tool.py",
            Images = new ImageSettings
            {
                Preproduction = new RegistryAddress("preproduction", Preproduction.Repository("team/app"), Insecure: true),
                Production = new RegistryAddress("production", $"{Door.Host}/team/app", Insecure: true),
                Variants = [new ImageVariant { Name = "debian", Platforms = Platforms }, new ImageVariant { Name = "alpine", Platforms = Platforms }],
                Tags = new TagStrategy { Latest = "debian" },
            },
        };
        Release = new StepContextBuilder(settings, folder);
        Release.Secrets[SecretName.ProductionRegistryUser] = "maintainer";
        Release.Secrets[SecretName.ProductionRegistryPassword] = "s3cret-of-production";
    }

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        await Preproduction.DisposeAsync();
        await Production.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        Dispose();
    }

    /// <summary>Pushes a variant as the pre-release workflow does.</summary>
    private protected Task<RegistryManifest> PushAsync(string variant, int size = 5000, IReadOnlyList<string>? platforms = null) =>
        new SampleImages(Tested).IndexAsync(platforms ?? Platforms, [size], Cancellation, Tag($"1.2.0-{variant}"), attested: true);

    private protected Task<Observation> LookAsync(params (string Name, object Value)[] more) =>
        Inventory.ObserveAsync(Release.Build("images.inventory", [("registry", "preproduction"), .. more]), Cancellation);

    /// <summary>What images.tags hands on.</summary>
    private protected async Task<string> TagsAsync(string inventory) =>
        (await Tags.ObserveAsync(Release.Build("images.tags", ("inventory", inventory)), Cancellation)).ShouldBeOfType<Observation.Done>().Evidence["tags"]!;

    /// <summary>The images of preproduction, approved.</summary>
    /// <param name="tags">The tags that were shown with them.</param>
    private protected async Task<string> ApproveAsync(string? tags = null)
    {
        var inventory = (await LookAsync()).ShouldBeOfType<Observation.Done>().Evidence["inventory"]!;
        var subject = Evidence.Of(
            [new EvidenceItem(ApprovalStep.ApprovedImages, EvidenceKind.Images, inventory), .. tags is null ? [] : new[] { new EvidenceItem(ApprovalStep.ApprovedTags, EvidenceKind.Tags, tags) }]);
        Release.Proved("approve", subject.With(
            new EvidenceItem(ApprovalStep.ApprovedDigest, EvidenceKind.Sha256, subject.Digest), new EvidenceItem(ApprovalStep.ApprovedBy, EvidenceKind.Text, "rita")));
        return inventory;
    }

    private protected Task<Observation> PromoteAsync(string inventory, string? tags = null) =>
        Promote.RunAsync(Release.Build("images.promote", [("inventory", inventory), .. tags is null ? [] : new[] { ("tags", (object)tags) }]), Cancellation);

    private protected async Task<ContentDigest?> PublishedAsync(string tag) => (await Published.HeadAsync(Tag(tag), Cancellation)).Value?.Digest;

    private protected async Task ShouldHoldNothingAsync() => (await Published.TagsAsync(Cancellation)).Value.ShouldBeEmpty();
}
