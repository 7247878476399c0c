using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.EndToEnd.Tests.Repositories;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>Repositories that the product has never seen, released like the demo.</summary>
public sealed class ImportedRepositoryTests(RunningProduct running) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Import_SetupPyOnly_IsReleased()
    {
        var project = await ImportedProject.CreateAsync(running.Driver, "plain-words", PackageStyle.Setup, byCommandLine: true, settings => settings with { UseTestIndex = true });
        var published = await PublishAsync(project, testIndex: true);
        await published.ShouldBeOnIndexAsync("test");
        await published.ShouldHaveBranchesAsync("setup.py", "version=\"0.2.1b1\"");
        (await published.InstalledProgramSaysAsync("python", "-c", "import plain_words; print(plain_words.count('a b c'))")).ShouldBe("3");
    }

    [Fact]
    public async Task Import_PyprojectWithVersionInThePackage_IsReleased()
    {
        var project = await ImportedProject.CreateAsync(running.Driver, "more-words");
        var published = await PublishAsync(project, testIndex: false);
        await published.ShouldHaveBranchesAsync("more_words/__init__.py", "__version__ = \"0.2.1b1\"");
        (await published.InstalledProgramSaysAsync("more-words")).ShouldBe("3");
    }

    [Theory]
    [InlineData("no name", "is no name of a repository")]
    [InlineData("elsewhere/nothing", "There is nothing at")]
    public async Task Import_CannotBe_SaysWhy(string repository, string why)
    {
        var result = await running.Driver.Product.RunAsync("sandbox", "import", repository, "--from", "/nowhere/at/all");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain(why);
    }

    private async Task<PublishedRelease> PublishAsync(ImportedProject project, bool testIndex)
    {
        var before = await running.Driver.Sandbox.EffectsAsync();
        var release = await running.Driver.PublishAsync((await running.Driver.StartAsync(project.Name, "0.2.0")).Id);
        var published = new PublishedRelease(running.Driver, release, project.Repository, project.Name, "0.2.0");
        await published.ShouldBeOnIndexAsync("production");
        await published.ShouldBeTaggedAndReleasedAsync();
        await published.ShouldHaveHappenedOnceAsync(before, testIndex);
        return published;
    }
}
