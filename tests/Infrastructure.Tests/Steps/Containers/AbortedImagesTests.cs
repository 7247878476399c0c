using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Steps.Containers;
using ReleaseDashboard.TestSupport.Containers;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Containers;

public sealed class AbortedImagesTests
{
    private const string Playbook = """
        schema: 1
        name: test
        title: Test
        revision: 1
        stages:
          - id: only
            title: Only
            steps:
              - id: review
                title: Review
                kind: checklist
                items: [{id: read, text: Read it}]
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Sweep_AfterAnAbort_TakesTheImagesOfThatReleaseAndNoOther(DatabaseKind kind)
    {
        var docker = await DockerEngine.SharedAsync();
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep());
        var release = await host.StartReleaseAsync();
        await host.WaitForAsync(release, ReleaseStatus.NeedsPerson);
        string[] own = [$"release-dashboard/{release:N}:debian-linux-amd64", $"release-dashboard/{release:N}:debian-linux-arm64"];
        string[] others = [$"release-dashboard/{Guid.CreateVersion7():N}:debian-linux-amd64", $"release-dashboard/base-{kind.ToString().ToLowerInvariant()}:1"];
        await BuildAsync(docker, [.. own, .. others]);
        using var client = new EngineClient(docker.Options, TimeProvider.System);
        using var images = new AbortedImages(host.Get<LedgerStore>(), client, host.Get<IHostApplicationLifetime>(), TimeProvider.System, NullLogger<AbortedImages>.Instance);

        (await images.SweepAsync(Stop)).Value.ShouldBe(0, "the release is under way");
        (await host.Get<AbortRelease>().RunAsync(EngineHost.Maintainer, release, "The test ends it.", Stop)).IsDone.ShouldBeTrue();
        (await images.SweepAsync(Stop)).Value.ShouldBe(2);

        var left = (await docker.DockerAsync("images", "--format", "{{.Repository}}:{{.Tag}}")).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        left.Intersect(own).ShouldBeEmpty();
        others.Except(left).ShouldBeEmpty("images of others are gone");
        (await images.SweepAsync(Stop)).Value.ShouldBe(0, "nothing is left to be done");
    }

    [Fact]
    public async Task Sweep_NoEngine_SaysSo()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var host = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep());
        using var client = new EngineClient(new EngineOptions { Address = EngineAddress.Parse("unix:///nowhere/docker.sock") }, TimeProvider.System);
        using var images = new AbortedImages(host.Get<LedgerStore>(), client, host.Get<IHostApplicationLifetime>(), TimeProvider.System, NullLogger<AbortedImages>.Instance);

        (await images.SweepAsync(Stop)).Error!.Kind.ShouldBe(EngineFailure.Unreachable);
    }

    private static async Task BuildAsync(DockerEngine docker, IReadOnlyList<string> names)
    {
        var folder = Directory.CreateTempSubdirectory("rd-aborted-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Dockerfile"), $"FROM scratch\nLABEL of={names[0]}\n", Stop);
            await docker.DockerAsync(["build", .. names.SelectMany(name => new[] { "--tag", name }), folder.FullName]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
