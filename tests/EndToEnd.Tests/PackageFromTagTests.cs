using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.EndToEnd.Tests.Repositories;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>A package whose version comes from its tag, and that has no images: nobody names a playbook, and no Docker is needed.</summary>
public sealed class PackageFromTagTests(RunningProduct running) : IClassFixture<RunningProduct>
{
    private static readonly string[] OfImages =
        ["build-images", "push-images", "smoke-images", "image-tags", "approve-images", "start-migration", "migration", "promote-images", "parity", "clean-images"];

    private ReleaseDriver Driver => running.Driver;

    [Fact]
    public async Task Release_VersionFromTheTagWithoutImages_IsPublishedToTheEnd()
    {
        var project = await ScmProject.CreateAsync(Driver, "tagged-words", prepare: null, settings => settings with { UseTestIndex = true });

        var release = await Driver.PublishAsync((await Driver.StartAsync(project.Name, "0.2.0", playbook: null)).Id);

        release.Steps.Where(step => step.Status == "skipped").Select(step => step.Key)
            .ShouldBe(["draft", "tag-to-publish", "start-publishing", "follow-publishing", .. OfImages], ignoreOrder: true);
        await ScmProject.ShouldBeOnIndexAsync(project, release, "test");
        await ScmProject.ShouldBeOnIndexAsync(project, release, "production");
        var tagged = await Driver.Sandbox.GitAsync(Driver.Product.Scratch, project.Repository, "rev-parse", "refs/tags/0.2.0^{commit}");
        tagged.ShouldBe(release["update"]["commit"]);
        var there = await Driver.Sandbox.GetAsync($"/api/v3/repos/{project.Repository}/releases/latest");
        there["tag_name"]!.GetValue<string>().ShouldBe("0.2.0");
        there["assets"]!.AsArray().Select(asset => asset!["name"]!.GetValue<string>()).ShouldBe([release["approve"]["file"]!, release["approve"]["wheel"]!], ignoreOrder: true);
        (await Driver.Product.RunAsync("audit", "verify")).Ok().ShouldContain("first bad: none");
    }

    [Fact]
    public async Task Start_ByCommandLineWithoutAPlaybook_TakesTheOneForThePackage()
    {
        var project = await ScmProject.CreateAsync(Driver, "typed-words", prepare: null, settings => settings);

        var id = Guid.Parse((await Driver.Product.RunAsync("release", "start", project.Name, "0.2.0", "--user", "maintainer")).Ok());

        var release = await Driver.FindAsync(id);
        release.Stages.Select(stage => stage.Id).ShouldBe(["prepare", "build", "upload", "images", "publish", "release"]);
        await Driver.AbortAsync(id);
    }
}
