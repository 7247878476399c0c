using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Preparation.Checks;
using ReleaseDashboard.Infrastructure.Tests.Containers;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

public sealed class RegistryReadinessTests : RegistryTest, IAsyncLifetime
{
    private static readonly ReadinessScope Images = new(Package: false, Images: true);

    private RegistryServer preproduction = null!;
    private RegistryServer production = null!;
    private PreparationWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        preproduction = await RegistryServer.StartAsync();
        production = await RegistryServer.StartAsync(new RegistryLogin("maintainer", "s3cret"));
        world = await PreparationWorld.StartAsync(settings => settings with
        {
            Images = new ImageSettings
            {
                Preproduction = new RegistryAddress("preproduction", preproduction.Repository("team/app"), Insecure: true),
                Production = new RegistryAddress("production", production.Repository("team/app"), Insecure: true),
                Variants = [new ImageVariant { Name = "debian" }],
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await preproduction.DisposeAsync();
        await production.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Check_ImagesReleaseWithCredentials_IsReadyAndAsksNoIndex()
    {
        await LogInAsync("s3cret");

        var checks = (await CheckAsync(Images)).Checks;

        checks.Select(check => check.Id).ShouldBe(
            ["version-valid", "version-newer", "tag-free", "image-tags-free", "branches", "checks", "submodules", "github-token", "secrets-expiry",
             "release-workflow", "preproduction-registry", "production-registry", "disk", "workers", "review-rule", "reviewers", "other-releases", "freeze"]);
        checks.Where(check => check.State == ReadinessState.Blocking).ShouldBeEmpty();
        checks.Count.ShouldBe(Readiness.CountOf(world.Project, Images));
    }

    [Fact]
    public async Task Check_PackageRelease_AsksNoRegistry() =>
        (await CheckAsync(ReadinessScope.PackageOnly)).Checks.ShouldAllBe(check => !check.Id.Contains("registry", StringComparison.Ordinal));

    [Theory]
    [InlineData(null)]
    [InlineData("wrong-word")]
    public async Task Check_WrongOrNoPassword_BlocksAndOffersToStoreOne(string? password)
    {
        if (password is not null)
            await LogInAsync(password);

        var check = (await CheckAsync(Images)).Checks.Single(check => check.Id == "production-registry");

        check.State.ShouldBe(ReadinessState.Blocking);
        check.Fix.ShouldBe(new ReadinessFix(FixPlace.Secrets, "Store password", SecretName.ProductionRegistryPassword));
        check.Detail.ShouldNotContain("wrong-word");
    }

    [Fact]
    public async Task Check_VersionIsInProduction_Blocks()
    {
        await LogInAsync("s3cret");
        await new SampleImages(Open(production, "team/app")).ManifestAsync("linux/amd64", [10], Cancellation, Tag("1.2.0-debian"));

        var check = (await CheckAsync(Images)).Checks.Single(check => check.Id == "image-tags-free");

        check.State.ShouldBe(ReadinessState.Blocking);
        check.Detail.ShouldContain("1.2.0-debian");
    }

    [Fact]
    public async Task Check_RegistryAway_Blocks()
    {
        await LogInAsync("s3cret");
        await preproduction.DisposeAsync();

        (await CheckAsync(Images)).Checks.Single(check => check.Id == "preproduction-registry").State.ShouldBe(ReadinessState.Blocking);
        preproduction = await RegistryServer.StartAsync();
    }

    // An engine that is missing is found out before anything is published, not at the build.
    [Fact]
    public async Task Check_ImagesAreBuilt_AsksTheEngine()
    {
        await LogInAsync("s3cret");
        var builds = Images with { Builds = true };

        var engine = (await CheckAsync(builds)).Checks.Single(check => check.Id == "engine");

        engine.State.ShouldBe(ReadinessState.Blocking);
        engine.Detail.ShouldContain("cannot be reached");
        Readiness.CountOf(world.Project, builds).ShouldBe(Readiness.CountOf(world.Project, Images) + 1);
    }

    private Task<ReadinessReport> CheckAsync(ReadinessScope scope) =>
        world.Get<Readiness>().CheckAsync(world.Project, new ReadinessRequest("1.2.0", "maintainer", Scope: scope), null, Cancellation);

    private async Task LogInAsync(string password)
    {
        await world.SecretAsync(SecretName.ProductionRegistryUser, "maintainer");
        await world.SecretAsync(SecretName.ProductionRegistryPassword, password);
    }
}
