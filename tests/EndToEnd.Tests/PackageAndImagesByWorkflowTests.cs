using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.EndToEnd.Tests.Repositories;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>
/// A package and its images whose publishing is left to the project's own workflows: one uploads the approved files, one copies the
/// approved images. The worker builds and tests; it has credentials of neither the production index nor the production registry.
/// </summary>
public sealed class PackageAndImagesByWorkflowTests(ImagesProduct running) : IClassFixture<ImagesProduct>, IAsyncDisposable
{
    private const string Version = "0.2.0";

    private static readonly string[] Tags = ["0.2.0-debian", "debian", "latest", "0.2.0-signal-debian", "signal-debian", "0.2.0-alpine", "alpine"];

    private ReleaseDriver Driver => running.Driver;

    public async ValueTask DisposeAsync()
    {
        await Driver.Sandbox.SendAsync(HttpMethod.Delete, "/sandbox/workflows");
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Release_ByWorkflows_BringsExactlyTheApprovedFilesAndImages()
    {
        var variants = running.Variants("good");
        var project = await CreateAsync("flow-words", variants);
        var before = await Driver.Sandbox.EffectsAsync();

        var release = await Driver.PublishAsync((await Driver.StartAsync(project.Name, Version, playbook: "python-docker")).Id);

        foreach (var left in new[] { "upload", "upload-wheel", "start-publishing", "promote-images" })
            release[left].Status.ShouldBe("skipped", left);
        release["follow-publishing"]["head"].ShouldBe(release["update"]["commit"]);
        release["migration"]["run"].ShouldBe(release["start-migration"]["run"]);
        await ScmProject.ShouldBeOnIndexAsync(project, release, "production");
        await ShouldBeInProductionAsync(variants, release);
        release["parity"]["parity"].ShouldBe("6 of 6 equal");
        await ShouldBeTheWorkflowsWorkAsync(before, release, variants);
        var there = await Driver.Sandbox.GetAsync($"/api/v3/repos/{project.Repository}/releases/latest");
        there["tag_name"]!.GetValue<string>().ShouldBe(Version);
        (await Driver.Product.RunAsync("audit", "verify")).Ok().ShouldContain("first bad: none");
    }

    [Fact]
    public async Task Release_WorkflowUploadsAnotherFile_StopsBeforeAnImageIsBuilt()
    {
        var variants = running.Variants("other-file");
        var project = await CreateAsync("other-file-words", variants);
        await TamperAsync(project, PublishWorkflows.File);
        var id = (await Driver.StartAsync(project.Name, Version, playbook: "python-docker")).Id;

        var step = await Driver.StoppedAsync(id, "verify");

        var release = await Driver.FindAsync(id);
        step.Error!.Code.ShouldBe("other-bytes");
        step.Error.What.ShouldBe($"The workflow published other bytes of {release["approve"]["file"]} than were approved.");
        step.Error.Why.ShouldContain(release["approve"]["sha256"]!);
        step.Error.Why.ShouldContain(release["follow-publishing"]["url"]!);
        release["build-images"].Attempts.ShouldBe(0);
        (await running.RepositoriesAsync()).ShouldNotContain(variants.FamilyName);
        await Driver.AbortAsync(id);
    }

    [Fact]
    public async Task Release_WorkflowCopiesOtherImages_StopsAndIsNotPublished()
    {
        var variants = running.Variants("other-image");
        var project = await CreateAsync("other-image-words", variants);
        await TamperAsync(project, PublishWorkflows.Migration);
        var id = (await Driver.StartAsync(project.Name, Version, playbook: "python-docker")).Id;

        var step = await Driver.StoppedAsync(id, "parity");

        var release = await Driver.FindAsync(id);
        release["migration"].Status.ShouldBe("succeeded", "the workflow itself was green");
        step.Error!.Code.ShouldBe("not-equal");
        step.Error.What.ShouldContain("0 of 6 equal");
        var tested = Approved(release).Images.Single(image => image.Tag == "0.2.0-debian");
        step.Error.Why.ShouldContain("debian for linux/amd64 is sha256:");
        step.Error.Why.ShouldContain($"tested was {tested.Platforms.Single(each => each.Platform == Platform.LinuxAmd64).Digest}");
        step.Error.WhatToDo.ShouldContain("Do not publish the release");
        step.Choices.ShouldNotContain("skip");
        release["github-release"].Attempts.ShouldBe(0);
        var drafts = await Driver.Sandbox.GetAsync($"/api/v3/repos/{project.Repository}/releases");
        drafts.AsArray().Single(found => found!["tag_name"]!.GetValue<string>() == Version)!["draft"]!.GetValue<bool>().ShouldBeTrue();
        await Driver.AbortAsync(id);
    }

    private async Task<ImportedProject> CreateAsync(string name, ImageVariants variants)
    {
        await ImageSite.FillAsync(variants, ImagesProduct.Preproduction, ImagesProduct.Production, TestContext.Current.CancellationToken);
        var project = await ScmProject.CreateAsync(Driver, name, variants.Write, settings => settings with
        {
            PublishBy = new PublishWorkflow(PublishWorkflows.File),
            Images = variants.Settings() with { ReleaseWorkflow = PublishWorkflows.Migration },
        });
        await PublishWorkflows.AddMigrationAsync(project, variants);
        await PublishWorkflows.AddAsync(project);
        await project.SecretAsync(SecretName.PreproductionRegistryUser, ImagesProduct.Preproduction.User);
        await project.SecretAsync(SecretName.PreproductionRegistryPassword, ImagesProduct.Preproduction.Password);
        return project;
    }

    private Task TamperAsync(ImportedProject project, string workflow) =>
        Driver.Sandbox.SendAsync(HttpMethod.Post, "/sandbox/workflows", new[] { new { repository = project.Repository, workflow, tamper = true } });

    private static ImageInventory Approved(ReleaseAnswer release) =>
        ImageInventory.TryParse(release["approve-images"]["images"], out var approved) ? approved : throw new InvalidOperationException(release.ToString());

    private static async Task ShouldBeInProductionAsync(ImageVariants variants, ReleaseAnswer release)
    {
        TagMoves.TryParse(release["approve-images"]["image_tags"], out var moves).ShouldBeTrue();
        moves!.All.Select(move => move.Tag.Value).ShouldBe(Tags, ignoreOrder: true);
        foreach (var move in moves.All)
        {
            var published = await Skopeo.RawAsync($"{variants.Published}:{move.Tag}");
            ContentDigest.Of(System.Text.Encoding.UTF8.GetBytes(published)).ShouldBe(move.To, $"{move.Tag} is another image than the approved one");
            published.ShouldBe(await Skopeo.RawAsync($"{variants.Tried}:{move.Tag}"));
        }
        // A platform's image can be pulled whole, not only its name.
        foreach (var platform in ImageVariants.Platforms)
            (await Skopeo.InspectAsync($"{variants.Published}:latest", architecture: platform.Architecture)).GetProperty("Labels").GetProperty("org.opencontainers.image.version").GetString().ShouldBe(Version);
    }

    private async Task ShouldBeTheWorkflowsWorkAsync(Effects before, ReleaseAnswer release, ImageVariants variants)
    {
        var effects = new Effects([.. (await Driver.Sandbox.EffectsAsync()).All.Skip(before.All.Count)]);
        effects.ShouldBeOnce();
        effects.Of("upload").Where(effect => effect.Service == "index.production").Select(effect => effect.Digest)
            .ShouldBe(["sha256:" + release["approve"]["sha256"], "sha256:" + release["approve"]["wheel_sha256"]], ignoreOrder: true);
        effects.Of("tag.move").Where(effect => effect.Service == "registry.production").Select(effect => effect.Subject)
            .ShouldBe(Tags.Select(tag => $"{variants.FamilyName}:{tag}"), ignoreOrder: true, effects.ToString());
        effects.All.Where(effect => effect.Service is "index.production" or "registry.production")
            .ShouldAllBe(effect => effect.Actor!.StartsWith("workflow ", StringComparison.Ordinal), effects.ToString());
        effects.Of("workflow.dispatch").Count.ShouldBe(1);
    }
}
