using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.TestSupport.Containers;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Containers;

/// <summary>Pushing, running and promoting images with a real engine and two real registries, looked at with skopeo.</summary>
public sealed class ImagesPublishStepTests : ImageStepFixture
{
    private static readonly string[] Tags = ["1.2.0-debian", "debian", "latest", "1.2.0-signal-debian", "signal-debian", "1.2.0-alpine", "alpine"];

    [Fact]
    public async Task Push_BuiltImages_AreIndexesOfBothPlatformsUnderEveryTag()
    {
        var built = await BuiltAsync();
        var pushed = await DoneAsync(Push, PushContext(built));
        Inventory(pushed).Images.Select(image => image.Tag).ShouldBe(Tags, ignoreOrder: true);
        foreach (var image in Inventory(pushed).Images)
        {
            (await DigestAsync(Preproduction, image.Tag)).ShouldBe(image.Digest.Value);
            var raw = JsonDocument.Parse(await SkopeoAsync(Preproduction, image.Tag, "--raw")).RootElement;
            raw.GetProperty("manifests").EnumerateArray().Select(one => $"{one.GetProperty("platform").GetProperty("os")}/{one.GetProperty("platform").GetProperty("architecture")}")
                .ShouldBe(["linux/amd64", "linux/arm64"]);
        }
        // The image that skopeo finds for a platform is the one that was built.
        foreach (var (platform, architecture) in new[] { ("linux/amd64", "amd64"), ("linux/arm64", "arm64") })
        {
            var seen = JsonDocument.Parse(await SkopeoAsync(Preproduction, "1.2.0-signal-debian", "--override-arch", architecture)).RootElement;
            seen.GetProperty("Architecture").GetString().ShouldBe(architecture);
            seen.GetProperty("Labels").GetProperty("org.opencontainers.image.revision").GetString().ShouldBe(Commit.Value);
            var manifest = Inventory(pushed).Images.Single(image => image.Tag == "1.2.0-signal-debian").Platforms.Single(image => image.Platform.ToString() == platform);
            var config = JsonDocument.Parse(await Tool.RunAsync(
                "skopeo", ["inspect", "--raw", "--tls-verify=false", "--creds", "pre:secret-of-preproduction", $"docker://{Preproduction.Repository("team/app")}@{manifest.Digest}"]));
            config.RootElement.GetProperty("config").GetProperty("digest").GetString().ShouldBe(built[$"image: signal-debian {platform}"]);
        }
        string.Join('\n', Release.Lines).ShouldNotContain("secret-of-preproduction");

        // Again, as after an answer that was lost: a green no-op with the same proof.
        var lines = Release.Lines.Count;
        (await DoneAsync(Push, PushContext(built))).ShouldBe(pushed);
        Release.Lines.Count.ShouldBe(lines);
    }

    [Fact]
    public async Task Push_AfterACrashBeforeTheTags_GoesOnWithTheSameDigests()
    {
        var built = await BuiltAsync();
        var first = await DoneAsync(Push, PushContext(built));
        // All tags away, as if it had stopped before the first: deleting an index takes its tags along.
        foreach (var image in Inventory(first).Images.Select(image => image.Digest).Distinct())
            await Tool.RunAsync("skopeo", ["delete", "--tls-verify=false", "--creds", "pre:secret-of-preproduction", $"docker://{Preproduction.Repository("team/app")}@{image}"]);
        (await Push.ObserveAsync(PushContext(built), Stop)).ShouldBeOfType<Observation.NotDone>();
        (await DoneAsync(Push, PushContext(built)))["inventory"].ShouldBe(first["inventory"]);
        Release.Lines.ShouldContain(line => line.Contains("is there already", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Push_VersionTagOfAnotherImage_StopsAndChangesNothing()
    {
        var built = await BuiltAsync();
        await ForeignAsync("1.2.0-debian");
        var before = await DigestAsync(Preproduction, "1.2.0-debian");
        await FailedAsync(Push, PushContext(built), "tag-taken");
        (await DigestAsync(Preproduction, "1.2.0-debian")).ShouldBe(before);
        (await SkopeoAsync(Preproduction, "1.2.0-debian", "--format", "{{.RepoTags}}")).Trim().ShouldBe("[1.2.0-debian]");
    }

    [Fact]
    public async Task Push_VersionTagMovedAfterwards_IsDifferent()
    {
        var built = await BuiltAsync();
        await DoneAsync(Push, PushContext(built));
        await ForeignAsync("1.2.0-debian");
        await DifferentAsync(Push, PushContext(built), "tag-taken");
    }

    [Fact]
    public async Task Push_TagThatFollows_Moves()
    {
        var built = await BuiltAsync();
        await ForeignAsync("debian");
        var pushed = await DoneAsync(Push, PushContext(built));
        (await DigestAsync(Preproduction, "debian")).ShouldBe(Inventory(pushed).Images.Single(image => image.Tag == "1.2.0-debian").Digest.Value);
    }

    [Fact]
    public async Task Push_WrongPassword_HandsOnTheRegistrysWords()
    {
        var built = await BuiltAsync();
        Release.Secrets[SecretName.PreproductionRegistryPassword] = "wrong";
        (await FailedAsync(Push, PushContext(built), "wrong-credential")).WhatToDo.ShouldContain("secrets of the project");
    }

    [Fact]
    public async Task Smoke_EveryVariantAndPlatform_RunsAndShowsTheVersion()
    {
        (await Emulation.IsReadyAsync()).ShouldBeTrue("qemu-user-static and binfmt_misc are needed.");
        var pushed = await PushedImagesAsync();
        var evidence = await DoneAsync(Smoke, SmokeContext(pushed, all: true));
        evidence["smoke"].ShouldBe("6 images ran");
        evidence["smoke: signal-debian linux/arm64"].ShouldBe("runs and shows 1.2.0");
        Release.Lines.ShouldContain("[signal-debian linux/arm64] backend: console");
        Release.Lines.ShouldContain("[alpine linux/amd64] alpine app 1.2.0");
        (await Docker.DockerAsync("ps", "-aq", "--filter", $"label=release-dashboard.release={Release.ReleaseId}")).ShouldBeEmpty();
        // By default only what the worker's own processor runs.
        (await DoneAsync(Smoke, SmokeContext(pushed)))["smoke"].ShouldBe("3 images ran");
    }

    [Theory]
    [InlineData(0, "does not show 1.2.0")]
    [InlineData(3, "exit code 3")]
    public async Task Smoke_ImageThatDoesNotWork_StopsWithItsLines(int code, string why)
    {
        PutPrograms("alpine", ProgramAct.Print("alpine app 1.1.9\n"), ProgramAct.Exit(code));
        await PushedAsync();
        var error = await FailedAsync(Smoke, SmokeContext(await PushedImagesAsync()), "smoke-failed");
        error.What.ShouldContain("alpine linux/amd64");
        error.Why.ShouldContain(why);
        error.Lines.ShouldContain("alpine app 1.1.9");
    }

    [Fact]
    public async Task Smoke_ImageThatNeverEnds_IsKilled()
    {
        PutPrograms("alpine", ProgramAct.Wait);
        await PushedAsync();
        var pushed = await PushedImagesAsync();
        var step = new ReleaseDashboard.Infrastructure.Steps.Containers.ImagesSmokeStep(Workspaces, Engine, TimeProvider.System) { Limit = TimeSpan.FromSeconds(2) };
        (await FailedAsync(step, SmokeContext(pushed), "smoke-failed")).Why.ShouldContain("was killed");
        (await Docker.DockerAsync("ps", "-aq", "--filter", $"label=release-dashboard.release={Release.ReleaseId}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Promote_WithoutApproval_CopiesNothing()
    {
        var pushed = await PushedImagesAsync();
        await FailedAsync(Promote, PromoteContext(pushed["inventory"]!), "not-approved");
        Approved(pushed["inventory"]!.Replace("alpine", "alpinf", StringComparison.Ordinal));
        (await FailedAsync(Promote, PromoteContext(pushed["inventory"]!), "not-approved")).What.ShouldContain("not what would be published");
        await Should.ThrowAsync<InvalidOperationException>(DigestAsync(Production, "latest"));
    }

    [Fact]
    public async Task Promote_ApprovedImages_AreTheSameDigestsInProduction()
    {
        var pushed = await PushedImagesAsync();
        var inventory = pushed["inventory"]!;
        Approved(inventory);
        var promoted = await DoneAsync(Promote, PromoteContext(inventory));
        promoted["inventory"].ShouldBe(inventory);
        foreach (var image in Inventory(pushed).Images)
        {
            (await DigestAsync(Production, image.Tag)).ShouldBe(image.Digest.Value);
            (await SkopeoAsync(Production, image.Tag, "--raw")).ShouldContain("arm64");
        }
        var lines = Release.Lines.Count;
        (await DoneAsync(Promote, PromoteContext(inventory))).ShouldBe(promoted);
        Release.Lines.Count.ShouldBe(lines);
    }

    [Fact]
    public async Task Promote_TagMovedAfterTheApproval_CopiesNothing()
    {
        var pushed = await PushedImagesAsync();
        Approved(pushed["inventory"]!);
        await ForeignAsync("latest");
        await DifferentAsync(Promote, PromoteContext(pushed["inventory"]!), "tag-moved");
        await Should.ThrowAsync<InvalidOperationException>(DigestAsync(Production, "1.2.0-debian"));
    }

    [Fact]
    public async Task Promote_VersionThatIsThereAlready_StopsAndChangesNothing()
    {
        var pushed = await PushedImagesAsync();
        Approved(pushed["inventory"]!);
        await Tool.RunAsync("skopeo",
            [
                "copy", "--insecure-policy", "--src-tls-verify=false", "--dest-tls-verify=false", "--src-creds", "pre:secret-of-preproduction", "--override-arch", "amd64",
                $"docker://{Preproduction.Repository("team/app")}:alpine", $"docker://{Production.Repository("team/app")}:1.2.0-debian",
            ]);
        var before = await DigestAsync(Production, "1.2.0-debian");
        await DifferentAsync(Promote, PromoteContext(pushed["inventory"]!), "tag-taken");
        (await DigestAsync(Production, "1.2.0-debian")).ShouldBe(before);
        (await SkopeoAsync(Production, "1.2.0-debian", "--format", "{{.RepoTags}}")).Trim().ShouldBe("[1.2.0-debian]");
    }

    [Fact]
    public async Task Plans_OfPublishing_ShowEveryTagAndNoSecret()
    {
        var push = await Push.PlanAsync(Release.Plan("images.push", null, ("built", "‹images.built›"), ("commit", "‹commit›")), Stop);
        push.Lines.Count(line => line.Phase == PlanPhase.Act && line.Text.Contains("/push?", StringComparison.Ordinal)).ShouldBe(6);
        foreach (var tag in Tags)
            push.Lines.ShouldContain(line => line.Text == $"PUT http://{Preproduction.Host}/v2/team/app/manifests/{tag}");
        var promote = await Promote.PlanAsync(Release.Plan("images.promote", null, ("inventory", "‹push.inventory›")), Stop);
        promote.Lines.Count(line => line.Phase == PlanPhase.Act).ShouldBe(Tags.Length);
        var smoke = await Smoke.PlanAsync(Release.Plan("images.smoke", null, ("registry", "production"), ("inventory", "x"), ("commit", "‹commit›")), Stop);
        smoke.Lines.ShouldContain(line => line.Text.Contains("-v sample:/etc/sample:ro", StringComparison.Ordinal));
    }

    /// <summary>Puts some other image under a tag of the preproduction registry.</summary>
    private async Task ForeignAsync(string tag)
    {
        var repository = ImageRepository.Parse(Preproduction.Repository("team/app"));
        var folder = Folder.At("foreign");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), $"FROM scratch\nLABEL foreign={Release.ReleaseId}\n", Stop);
        await Docker.DockerAsync("build", "-q", "-t", $"{repository}:{tag}", folder);
        var login = new ReleaseDashboard.Infrastructure.Containers.Engine.EngineLogin(Preproduction.Host, "pre", "secret-of-preproduction");
        (await Engine.PushAsync(repository, ImageTag.Parse(tag), login, _ => { }, Stop)).IsOk.ShouldBeTrue();
        await Docker.DockerAsync("rmi", $"{repository}:{tag}");
    }
}
