using System.Net.Http.Json;
using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.EndToEnd.Tests.Repositories;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>Releases that must not begin: each says one clear thing, and nothing happens outside.</summary>
public sealed class StartRefusalTests(RunningProduct running) : IClassFixture<RunningProduct>
{
    private ReleaseDriver Driver => running.Driver;

    [Theory]
    [InlineData("1.2", "a release is named X.Y.Z")]
    [InlineData("v1.2.0", "write it as 1.2.0")]
    [InlineData("1.2.0;id", "")]
    [InlineData("--help", "")]
    [InlineData("", "a version is missing")]
    public async Task Start_InvalidVersion_IsRefusedAndNamesIt(string version, string why)
    {
        var before = await Driver.Sandbox.EffectsAsync();
        var problem = await ReleaseDriver.RefusedAsync(Driver.Maintainer, "releases", new { project = "hello-wrapper", version });
        problem.Status.ShouldBe(422);
        problem.Detail.ShouldContain($"'{version}'");
        problem.Detail.ShouldContain(why);
        (await Driver.Sandbox.EffectsAsync()).All.Count.ShouldBe(before.All.Count);
    }

    [Fact]
    public async Task Start_UnknownProjectOrRole_IsRefused()
    {
        (await ReleaseDriver.RefusedAsync(Driver.Maintainer, "releases", new { project = "nothing", version = "1.2.0" })).Detail.ShouldContain("There is no project nothing");
        var problem = await ReleaseDriver.RefusedAsync(Driver.Reviewer, "releases", new { project = "hello-wrapper", version = "1.2.0" });
        problem.Status.ShouldBe(403);
        problem.Detail.ShouldContain("maintainer");
    }

    [Fact]
    public async Task Start_VersionThatExists_StopsInPreflightAndNothingHappens()
    {
        var before = await Driver.Sandbox.EffectsAsync();
        var id = (await Driver.StartAsync("hello-wrapper", "1.1.3")).Id;
        var step = await Driver.StoppedAsync(id, "preflight");
        step.Error!.Code.ShouldBe("not-ready");
        step.Error.Words.ShouldContain("Tag 1.1.3 exists");
        step.Error.Words.ShouldContain("Choose another version");
        await Driver.AbortAsync(id);
        (await Driver.Sandbox.EffectsAsync()).All.Count.ShouldBe(before.All.Count);
    }

    [Fact]
    public async Task Start_DivergedBranches_StopsInPreflightAndSaysHowToGoOn()
    {
        var project = await ImportedProject.CreateAsync(Driver, "apart-words");
        await project.Package.GitAsync("switch", "--quiet", "main");
        project.Package.Put("apart_words/__init__.py", "__version__ = \"0.1.1\"\n");
        await project.Package.CommitAsync("A fix on main only");
        await project.Package.PushAsync(Driver.Sandbox.Address, project.Repository, "main");

        var id = (await Driver.StartAsync(project.Name, "0.2.0")).Id;
        var step = await Driver.StoppedAsync(id, "preflight");
        step.Error!.Words.ShouldContain("dev and main have diverged");
        step.Error.Words.ShouldContain("Merge main into dev and resolve the conflicts");

        // The way on: what it says, then Retry.
        await project.Package.GitAsync("switch", "--quiet", "dev");
        await project.Package.GitAsync("merge", "--quiet", "--strategy=ours", "--message=Merge main", "main");
        await project.Package.PushAsync(Driver.Sandbox.Address, project.Repository, "dev");
        await Driver.RetryAsync(id, "preflight");
        var release = await Driver.DriveAsync(id, release => release["set-version"].Status == "succeeded", "preflight lets it pass");
        release["update"]["commit"].ShouldBe(await project.Package.GitAsync("rev-parse", "HEAD"));
        await Driver.AbortAsync(id);
    }

    [Fact]
    public async Task Start_SameVersionTwiceAtOnce_OneWinsAndTheOtherIsToldWho()
    {
        var body = new { project = "hello-wrapper", version = "1.3.0" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Driver.Maintainer.PostAsJsonAsync("releases", body)));
        answers.Count(answer => (int)answer.StatusCode == 201).ShouldBe(1);
        foreach (var lost in answers.Where(answer => (int)answer.StatusCode != 201))
        {
            ((int)lost.StatusCode).ShouldBe(409);
            (await lost.Content.ReadFromJsonAsync<ProblemAnswer>())!.Detail.ShouldBe("Release 1.3.0 of hello-wrapper is under way already, started by maintainer.");
        }
        var won = await answers.Single(answer => (int)answer.StatusCode == 201).Content.ReadFromJsonAsync<ReleaseAnswer>();
        await Driver.AbortAsync(won!.Id);
    }

    [Fact]
    public async Task Start_WrongGitHubToken_NamesTheSecretAndGoesOnWhenItIsCorrected()
    {
        var project = await ImportedProject.CreateAsync(Driver, "token-words");
        await project.SecretAsync("github-token", "not-a-token");
        var start = await Driver.Maintainer.PostAsJsonAsync("releases", new { project = project.Name, version = "0.2.0" });
        var words = start.IsSuccessStatusCode
            ? (await Driver.StoppedAsync((await start.Content.ReadFromJsonAsync<ReleaseAnswer>())!.Id, "preflight")).Error!.Words
            : (await start.Content.ReadFromJsonAsync<ProblemAnswer>())!.Detail;
        words.ShouldContain("github-token");
        words.ShouldNotContain("not-a-token");
    }
}
