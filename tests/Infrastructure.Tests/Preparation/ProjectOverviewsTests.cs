using ReleaseDashboard.Infrastructure.Preparation.Overview;
using ReleaseDashboard.Sandbox.Faults;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

public sealed class ProjectOverviewsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<ProjectOverview> ReadAsync(PreparationWorld world, bool refresh = true) =>
        (await world.Get<ProjectOverviews>().ReadAsync("hello-wrapper", refresh, Stop)).ShouldNotBeNull();

    [Fact]
    public async Task Read_DemoProject_ShowsEveryPart()
    {
        await using var world = await PreparationWorld.StartAsync();

        var overview = await ReadAsync(world);

        var branches = overview.Branches.Value.ShouldNotBeNull(overview.Branches.Error);
        (branches.Ahead, branches.Behind, branches.DevOnly.Count, branches.MainOnly.Count).ShouldBe((12, 0, 12, 0));
        overview.Tags.Value.ShouldNotBeNull()[0].ShouldSatisfyAllConditions(tag => tag.Version.ShouldBe("1.1.3"), tag => tag.IsAnnotated.ShouldBeTrue(), tag => tag.IsOnMain.ShouldBeTrue());
        overview.Release.Value.ShouldNotBeNull(overview.Release.Error).ShouldSatisfyAllConditions(release => release.Exists.ShouldBeTrue(), release => release.IsLatest.ShouldBeTrue());
        overview.Submodules.Value.ShouldNotBeNull(overview.Submodules.Error).Select(pin => pin.Path).ShouldBe(["images", "resources"]);
        overview.Submodules.Value.ShouldAllBe(pin => pin.Behind > 1 && pin.Error == null);
        overview.Version.Value.ShouldNotBeNull().Version.ShouldBe("1.2.0b1");
        var file = overview.Production.Value.ShouldNotBeNull(overview.Production.Error).Files.ShouldHaveSingleItem();
        (overview.Production.Value.LatestVersion, file.Kind, file.Sha256?.Length, overview.SameBytes).ShouldBe(("1.1.3", "source distribution", 64, true));
        file.Size.ShouldNotBeNull().ShouldBeGreaterThan(500);
        file.RequiresPython.ShouldNotBeNullOrEmpty();
        overview.Secrets.Value.ShouldNotBeNull().Count.ShouldBe(3);
        var proposal = overview.Proposal.Value.ShouldNotBeNull();
        (proposal.LastVersion, proposal.Suggested).ShouldBe(("1.1.3", new SuggestedVersion(VersionBump.Minor, "1.2.0")));
        proposal.Changes.Features.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Read_VersionFromTheTag_SaysWhatABuildWouldGuessNow()
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { VersionFromTag = true, VersionFile = "" });

        var tree = (await ReadAsync(world)).TreeVersion.ShouldNotBeNull();

        tree.Value.ShouldNotBeNull(tree.Error).Text.ShouldStartWith("1.1.4.dev12+g");
        (tree.Value.Tag, tree.Value.Distance, tree.Value.IsExact).ShouldBe(("1.1.3", 12, false));
        await using var usual = await PreparationWorld.StartAsync();
        (await ReadAsync(usual)).TreeVersion.ShouldBeNull();
    }

    [Fact]
    public async Task Graph_DemoProject_HasASpanForEachReleaseAndTheOpenOne()
    {
        await using var world = await PreparationWorld.StartAsync();

        var graph = (await ReadAsync(world)).Graph.Value.ShouldNotBeNull();

        graph.Spans.Select(span => span.Shared.Tag).ShouldBe(["1.1.1", "1.1.2", "1.1.3"]);
        graph.Spans.ShouldAllBe(span => span.DevCount > 0 && span.DevCount == span.DevOnly.Count && span.MainCount == 0);
        graph.Spans[^1].DevCount.ShouldBe(12);
        graph.PlannedVersion.ShouldBe("1.2.0");
        graph.MainHead.Tag.ShouldBe("1.1.3");
    }

    [Fact]
    public async Task Read_OneRemoteDown_BlanksOnlyItsPart()
    {
        await using var world = await PreparationWorld.StartAsync();
        world.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 403, Path = "/api/v3/**", Body = "{\"message\":\"no\"}" });
        world.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 403, Path = "/indexes/test/**" });

        var overview = await ReadAsync(world);

        overview.Release.Error.ShouldNotBeNull().ShouldStartWith("GitHub cannot be read.");
        overview.Test.Error.ShouldNotBeNull();
        (overview.Production.IsOk, overview.Branches.IsOk, overview.SameBytes).ShouldBe((true, true, null));
    }

    [Fact]
    public async Task Read_GitHostDownAfterAFirstLook_ShowsTheOldStateAndSaysSo()
    {
        await using var world = await PreparationWorld.StartAsync();
        var before = await ReadAsync(world);
        await world.Sandbox.StopAsync(Stop);

        var after = await ReadAsync(world);

        after.StaleReason.ShouldNotBeNull().ShouldContain("cannot be reached");
        after.Branches.Value.ShouldNotBeNull().Dev.ShouldBe(before.Branches.Value!.Dev);
        after.Production.IsOk.ShouldBeFalse();
    }

    [Fact]
    public async Task Read_TagGoneFromTheRemote_ForgetsIt()
    {
        await using var world = await PreparationWorld.StartAsync();
        (await ReadAsync(world)).Tags.Value!.Count.ShouldBe(3);
        var clone = await world.CloneAsync("dev");
        var tag = Core.Git.TagName.Parse("1.1.3");
        var held = (await clone.ListRemoteAsync([tag.Ref], Stop)).Value.Single();
        (await clone.PushAsync([new Infrastructure.Git.GitPush(null, tag.Ref, held.Sha)], Stop)).Error.ShouldBeNull();

        (await ReadAsync(world)).Tags.Value!.Select(found => found.Name).ShouldBe(["1.1.2", "1.1.1"]);
    }

    [Fact]
    public async Task Read_Twice_FetchesOnceWithinAMinute()
    {
        await using var world = await PreparationWorld.StartAsync();
        var first = await ReadAsync(world, refresh: false);
        await world.PushAsync("dev", "NEW.md", _ => "new\n", "feat!: change everything");

        (await ReadAsync(world, refresh: false)).FetchedAt.ShouldBe(first.FetchedAt);
        var refreshed = await ReadAsync(world);
        refreshed.Branches.Value!.Ahead.ShouldBe(13);
        refreshed.Proposal.Value!.Suggested.ShouldBe(new SuggestedVersion(VersionBump.Major, "2.0.0"));
    }
}
