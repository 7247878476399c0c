using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Demo;

public sealed class DemoHistoryTests(DemoCheckout demo) : IClassFixture<DemoCheckout>
{
    [Fact]
    public async Task Dev_AgainstMain_IsStrictlyAheadByThreeAuthors()
    {
        (await demo.GitAsync(demo.Folder, "rev-list", "--left-right", "--count", "origin/main...origin/dev")).ShouldBe("0\t12");
        (await demo.GitAsync(demo.Folder, "log", "--format=%ae", "origin/main..origin/dev")).Split('\n').Distinct().Count().ShouldBe(3);
        (await demo.GitAsync(demo.Folder, "log", "--format=%s", "origin/main..origin/dev")).Split('\n')
            .ShouldAllBe(subject => subject.Contains(": ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1.1.1")]
    [InlineData("1.1.2")]
    [InlineData("1.1.3")]
    public async Task Tag_OfRelease_IsAnnotatedOnMergeCommitWithItsVersion(string version)
    {
        (await demo.GitAsync(demo.Folder, "cat-file", "-t", version)).ShouldBe("tag");
        (await demo.GitAsync(demo.Folder, "rev-list", "--parents", "-1", version)).Split(' ').Length.ShouldBe(3);
        (await demo.GitAsync(demo.Folder, "log", "--first-parent", "--format=%D", "origin/main")).ShouldContain($"tag: {version}");
        (await demo.GitAsync(demo.Folder, "show", $"{version}:hello_wrapper/config/constants.py")).ShouldContain($"version: str = \"{version}\"");
    }

    [Theory]
    [InlineData("images")]
    [InlineData("resources")]
    public async Task Submodule_Pin_IsSomeCommitsBehindItsMain(string path)
    {
        var folder = Path.Combine(demo.Folder, path);
        Directory.EnumerateFiles(folder).ShouldNotBeEmpty();
        int.Parse(await demo.GitAsync(folder, "rev-list", "--count", "HEAD..origin/main")).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Create_Again_ChangesNothing()
    {
        var repository = demo.Sandbox.Application.Services.GetRequiredService<SandboxRepositories>().Find("example", "hello-wrapper")!;
        var before = await repository.Git.RefsAsync();

        (await demo.Sandbox.Application.Services.GetRequiredService<DemoProject>().CreateAsync()).ShouldBeFalse();

        (await repository.Git.RefsAsync()).ShouldBe(before);
        demo.Sandbox.Application.Effects.Read().ShouldBeEmpty();
    }

    [Fact]
    public async Task GitHub_KnowsTheReleasesAndTheirAuthors()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/repos/example/hello-wrapper/releases/latest");
        request.Headers.Add("Authorization", "Bearer sandbox-maintainer-token");
        var answer = await demo.Sandbox.Client.SendAsync(request);

        var release = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        release["tag_name"]!.GetValue<string>().ShouldBe("1.1.3");
        release["author"]!["login"]!.GetValue<string>().ShouldBe("lead");
        release["body"]!.GetValue<string>().ShouldContain("fix: report a refused name on standard error");
    }

    [Fact]
    public async Task Restart_AfterCreation_TellsOfNoPush()
    {
        await using var other = await RunningSandbox.StartAsync(withDemo: true);

        await other.RestartAsync();

        other.Application.Effects.Read().ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_Elsewhere_GivesTheSameCommitsAndFilesWithinFiveSeconds()
    {
        var watch = Stopwatch.StartNew();
        await using var other = await RunningSandbox.StartAsync(withDemo: true);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));

        other.Indexes.Test.Files("hello-wrapper").Select(file => file.File.Sha256)
            .ShouldBe(demo.Sandbox.Indexes.Production.Files("hello-wrapper").Select(file => file.File.Sha256));
        var repository = other.Application.Services.GetRequiredService<SandboxRepositories>().Find("example", "hello-wrapper")!;
        (await repository.Git.RefAsync("refs/heads/dev"))!.Commit.ShouldBe(await demo.GitAsync(demo.Folder, "rev-parse", "origin/dev"));
    }
}
