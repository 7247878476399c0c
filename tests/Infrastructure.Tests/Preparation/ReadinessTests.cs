using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Preparation.Checks;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.Infrastructure.Tests.Git;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

public sealed class ReadinessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<ReadinessReport> CheckAsync(PreparationWorld world, string? version = "1.2.0", string starter = "maintainer") =>
        await world.Get<Readiness>().CheckAsync(world.Project, new ReadinessRequest(version, starter), null, Stop);

    private static async Task<ReadinessCheck> OneAsync(PreparationWorld world, string id, string? version = "1.2.0", string starter = "maintainer") =>
        (await CheckAsync(world, version, starter)).Checks.Single(check => check.Id == id);

    [Fact]
    public async Task Check_DemoProject_CanStartAndTellsEachCheckOnce()
    {
        await using var world = await PreparationWorld.StartAsync();
        var heard = new System.Collections.Concurrent.ConcurrentBag<string>();

        var report = await world.Get<Readiness>().CheckAsync(world.Project, new ReadinessRequest("1.2.0", "maintainer"), new Listener(heard), Stop);

        report.Checks.Where(check => check.State == ReadinessState.Blocking).Select(check => $"{check.Id}: {check.Title}. {check.Detail}").ShouldBeEmpty();
        report.CanStart.ShouldBeTrue();
        heard.Order().ShouldBe(report.Checks.Select(check => check.Id).Order());
        report.Checks.Count.ShouldBe(Readiness.CountOf(world.Project));
        report.Checks.Where(check => check.State != ReadinessState.Ok).ShouldAllBe(check => check.WhatToDo.Length > 0);
        // The demo's pins are behind on purpose, and a release moves them.
        report.Checks.Single(check => check.Id == "submodules").State.ShouldBe(ReadinessState.Warning);
        report.Checks.Single(check => check.Id == "branches").Detail.ShouldContain("holds all of main");
    }

    [Theory]
    [InlineData("1.2", "version-valid")]
    [InlineData("$(id)", "version-valid")]
    [InlineData("1.1.2", "version-newer")]
    [InlineData("1.1.3", "tag-free")]
    [InlineData("1.1.3", "production-free")]
    public async Task Check_UnsuitableVersion_Blocks(string version, string id)
    {
        await using var world = await PreparationWorld.StartAsync();

        var check = await OneAsync(world, id, version);

        check.State.ShouldBe(ReadinessState.Blocking);
        check.WhatToDo.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Check_VersionOnTestIndex_Warns()
    {
        await using var world = await PreparationWorld.StartAsync();

        (await OneAsync(world, "test-free", "1.1.3")).State.ShouldBe(ReadinessState.Warning);
        (await OneAsync(world, "test-free")).State.ShouldBe(ReadinessState.Ok);
    }

    [Fact]
    public async Task Branches_MainHasMore_WarnsWhenItMergesAndBlocksOnConflict()
    {
        await using var world = await PreparationWorld.StartAsync();
        await world.PushAsync("main", "EXTRA.md", _ => "extra\n");
        var behind = await OneAsync(world, "branches");
        (behind.State, behind.Title).ShouldBe((ReadinessState.Warning, "dev is 1 behind main"));

        await world.PushAsync("main", "hello_wrapper/config/constants.py", text => text.Replace("1.1.3", "9.9.9", StringComparison.Ordinal));
        (await OneAsync(world, "branches")).State.ShouldBe(ReadinessState.Blocking);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-token")]
    public async Task GitHubToken_MissingOrWrong_Blocks(string token)
    {
        await using var world = await PreparationWorld.StartAsync();
        await world.SecretAsync(SecretName.GitHubToken, token);

        (await OneAsync(world, "github-token")).State.ShouldBe(ReadinessState.Blocking);
    }

    [Fact]
    public async Task GitHubToken_ReadOnly_Blocks()
    {
        await using var world = await PreparationWorld.StartAsync();
        await world.SecretAsync(SecretName.GitHubToken, Personas.Maintainer.ReadOnlyToken);

        (await OneAsync(world, "github-token")).Title.ShouldBe("The token may not push");
    }

    [Theory]
    [InlineData(30, ReadinessState.Ok)]
    [InlineData(6, ReadinessState.Warning)]
    [InlineData(-1, ReadinessState.Blocking)]
    public async Task Expiry_ByDaysLeft_SaysHowBadItIs(int days, ReadinessState expected)
    {
        await using var world = await PreparationWorld.StartAsync();
        await world.SecretAsync(SecretName.ProductionIndexPassword, "t", TimeProvider.System.GetUtcNow().AddDays(days).AddHours(1));

        (await OneAsync(world, "secrets-expiry")).State.ShouldBe(expected);
    }

    [Fact]
    public async Task Credentials_Missing_BlocksForProductionAndWarnsForTest()
    {
        await using var world = await PreparationWorld.StartAsync();
        await world.ChangeAsync(db => db.Secrets.Where(secret => secret.Name != SecretName.GitHubToken).ExecuteDeleteAsync(Stop));

        var report = await CheckAsync(world);
        report.Checks.Single(check => check.Id == "production-credentials").State.ShouldBe(ReadinessState.Blocking);
        report.Checks.Single(check => check.Id == "test-credentials").State.ShouldBe(ReadinessState.Warning);
    }

    [Fact]
    public async Task Indexes_ProductionDown_Blocks()
    {
        await using var world = await PreparationWorld.StartAsync();
        world.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Status, Path = "/indexes/production/**" });

        var report = await CheckAsync(world);
        report.Checks.Single(check => check.Id == "indexes").State.ShouldBe(ReadinessState.Blocking);
        report.Checks.Single(check => check.Id == "production-free").State.ShouldBe(ReadinessState.Blocking);
        report.Checks.Single(check => check.Id == "tag-free").State.ShouldBe(ReadinessState.Ok);
    }

    [Fact]
    public async Task Tools_OtherInterpreter_BlocksNamingWhatIsMissing()
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { Python = "/no/such/python3" });

        var check = await OneAsync(world, "tools");
        check.State.ShouldBe(ReadinessState.Blocking);
        check.Title.ShouldBe("Missing here: Python, venv, build, twine");
    }

    [Fact]
    public async Task Workers_NoneSeenLately_Blocks()
    {
        await using var world = await PreparationWorld.StartAsync();
        var old = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        await world.ChangeAsync(db => db.Workers.ExecuteUpdateAsync(set => set.SetProperty(worker => worker.SeenAt, old), Stop));

        (await OneAsync(world, "workers")).State.ShouldBe(ReadinessState.Blocking);
    }

    [Fact]
    public async Task Versions_TestsExpectAnotherAndPeopleSetThem_BlocksNamingThePlace()
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { SetVersionPlaces = false });
        await world.PushAsync("dev", "tests/test_wrapper.py", text => text.Replace("\"1.2.0\"", "\"1.1.3\"", StringComparison.Ordinal));

        var check = await OneAsync(world, "versions");
        check.State.ShouldBe(ReadinessState.Blocking);
        check.Detail.ShouldContain("tests/test_wrapper.py:11 says 1.1.3, 1.2.0 is expected");
    }

    // Nothing on the branch holds it: setuptools-scm makes the file, and no step sets other places.
    [Fact]
    public async Task Versions_FromTheTag_LooksForNoFileAndComparesWhatNamesIt()
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { VersionFromTag = true, VersionFile = "hello_wrapper/version.py", TestsVersionFile = null });
        (await OneAsync(world, "versions")).ShouldSatisfyAllConditions(
            check => check.State.ShouldBe(ReadinessState.Ok),
            check => check.Detail.ShouldMatch(@"^The build writes it into hello_wrapper/version\.py\. A build of dev is 1\.1\.4\.dev12\+g[0-9a-f]{7,} now\. 12 commits after 1\.1\.3\. The release's tag makes it 1\.2\.0\.$"));

        await using var named = await PreparationWorld.StartAsync(settings => settings with { VersionFromTag = true, VersionFile = "" });
        (await OneAsync(named, "versions", "1.3.0")).ShouldSatisfyAllConditions(
            check => check.State.ShouldBe(ReadinessState.Blocking), check => check.Detail.ShouldContain("1.3.0 is expected"));
    }

    [Theory]
    [InlineData("dev", ReadinessState.Ok, "A build of dev is 1.2.0 now. The tag is there, and it is the version that is planned.")]
    [InlineData("main", ReadinessState.Warning, "although the tag of 1.2.0 is there, on another commit.")]
    public async Task Versions_FromATagThatIsThere_SaysWhetherTheTreeIsThatVersion(string at, ReadinessState state, string detail)
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { VersionFromTag = true, VersionFile = "", TestsVersionFile = null });
        var clone = await world.CloneAsync(at);
        var head = await clone.ResolveAsync(Revision.Head, Stop).OkAsync();
        await clone.PushAsync([new GitPush(head, TagName.Parse("1.2.0").Ref, null)], Stop).OkAsync();

        var check = await OneAsync(world, "versions");

        (check.State, check.Detail.Contains(detail, StringComparison.Ordinal)).ShouldBe((state, true), check.Detail);
    }

    [Fact]
    public async Task Versions_TestsExpectAnotherAndTheReleaseSetsThem_IsFine()
    {
        await using var world = await PreparationWorld.StartAsync();

        (await OneAsync(world, "versions", "1.3.0")).State.ShouldBe(ReadinessState.Ok);
    }

    [Theory]
    [InlineData(true, true, ReadinessState.Warning)]
    [InlineData(true, false, ReadinessState.Ok)]
    [InlineData(false, true, ReadinessState.Ok)]
    public async Task TestsMove_ByTwoSettings_WarnsWhenChecksWouldFail(bool moves, bool checksRunTests, ReadinessState expected)
    {
        await using var world = await PreparationWorld.StartAsync(settings => settings with { MoveTestsVersion = moves, ChecksRunTests = checksRunTests });

        (await OneAsync(world, "tests-move")).State.ShouldBe(expected);
    }

    [Fact]
    public async Task Reviewers_OnlyTheStarter_Blocks()
    {
        await using var world = await PreparationWorld.StartAsync();

        (await OneAsync(world, "reviewers", starter: "Reviewer")).State.ShouldBe(ReadinessState.Blocking);
        (await OneAsync(world, "reviewers")).State.ShouldBe(ReadinessState.Ok);
    }

    [Theory]
    [InlineData("{role: reviewer}", ReadinessState.Ok, "1 reviewer can approve", "reviewer.")]
    [InlineData("{count: 2, role: reviewer}", ReadinessState.Blocking, "Too few people can approve", "Approve needs 2 reviewers: only reviewer can.")]
    [InlineData("{group: security}", ReadinessState.Ok, "1 person can approve", "vera.")]
    [InlineData("{people: [vera, zoe]}", ReadinessState.Ok, "1 person can approve", "vera.")]
    [InlineData("{require: [{role: reviewer}, {group: security}]}", ReadinessState.Ok, "2 people can approve", "reviewer, vera.")]
    [InlineData("{require: [{role: reviewer}, {group: legal}]}", ReadinessState.Blocking, "Too few people can approve", "Approve needs 1 of legal: nobody can; blind cannot see this project.")]
    [InlineData("{people: [maintainer]}", ReadinessState.Blocking, "Nobody can approve", "Approve needs maintainer: nobody can; who starts a release cannot approve it.")]
    [InlineData("{people: [maintainer], not_starter: false}", ReadinessState.Ok, "1 person can approve", "maintainer.")]
    public async Task Reviewers_ByThePlaybooksRule_NameTheOneThatNobodyCanFill(string rule, ReadinessState state, string title, string detail)
    {
        await using var world = await PreparationWorld.StartAsync();
        await AddGroupsAsync(world);
        var text = PreparationWorld.Playbook.Replace("{count: 2, role: reviewer}", rule, StringComparison.Ordinal);
        var playbook = YamlPlaybookReader.Read(text, world.Get<StepCatalogue>().Playbooks, "small.yml").Playbook.ShouldNotBeNull();

        var report = await world.Get<Readiness>().CheckAsync(world.Project, new ReadinessRequest("1.2.0", "maintainer", Scope: ReadinessScope.Of(playbook)), null, Stop);

        var check = report.Checks.Single(check => check.Id == "reviewers");
        (check.State, check.Title, check.Detail).ShouldBe((state, title, detail));
        if (state == ReadinessState.Blocking)
            check.WhatToDo.ShouldEndWith("Or change the rule in the playbook.");
    }

    [Fact]
    public async Task Reviewers_OfAPlaybookWithoutApprovals_AreNotNeeded()
    {
        await using var world = await PreparationWorld.StartAsync();
        var scope = ReadinessScope.PackageOnly with { Approvals = [] };
        var report = await world.Get<Readiness>().CheckAsync(world.Project, new ReadinessRequest("1.2.0", "maintainer", Scope: scope), null, Stop);
        report.Checks.Single(check => check.Id == "reviewers").Title.ShouldBe("No approval is needed");
    }

    /// <summary>Vera, a viewer, is in security; blind, without any role, is in legal.</summary>
    private static Task AddGroupsAsync(PreparationWorld world) => world.ChangeAsync(db =>
    {
        foreach (var (name, group, roles) in new[] { ("vera", "security", Roles.Viewer), ("blind", "legal", Roles.None) })
        {
            var (user, members) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            db.Users.Add(new UserRecord { Id = user, Name = name, NormalizedName = name.ToUpperInvariant(), DisplayName = name, Roles = roles, IsDisabled = false, SecurityStamp = "1", CreatedAt = TimeProvider.System.GetUtcNow() });
            db.Groups.Add(new GroupRecord { Id = members, Name = group, NormalizedName = group.ToUpperInvariant(), CreatedAt = TimeProvider.System.GetUtcNow(), CreatedBy = "test" });
            db.GroupMembers.Add(new GroupMemberRecord { GroupId = members, UserId = user });
        }
        return Task.CompletedTask;
    });

    [Fact]
    public async Task OtherReleases_OneUnderWay_BlocksAllButItself()
    {
        await using var world = await PreparationWorld.StartAsync();
        var (id, _) = await world.Get<StartRelease>().RunAsync(
            PreparationWorld.Maintainer, new StartRequest(world.Project.Id, "1.2.0b1", "small", new string('a', 40), null, ""), Stop);

        (await OneAsync(world, "other-releases")).State.ShouldBe(ReadinessState.Blocking);
        var own = await world.Get<Readiness>().CheckAsync(world.Project, new ReadinessRequest("1.2.0", "maintainer", id), null, Stop);
        own.Checks.Single(check => check.Id == "other-releases").State.ShouldBe(ReadinessState.Ok);
    }

    [Fact]
    public async Task Check_RemoteDown_BlocksInWordsAndThrowsNothing()
    {
        await using var world = await PreparationWorld.StartAsync();
        await world.Sandbox.StopAsync(Stop);

        var report = await CheckAsync(world);
        report.CanStart.ShouldBeFalse();
        report.Checks.ShouldAllBe(check => !check.Title.Contains("itself failed", StringComparison.Ordinal));
        report.Checks.Single(check => check.Id == "branches").State.ShouldBe(ReadinessState.Blocking);
        report.Checks.Single(check => check.Id == "tools").State.ShouldBe(ReadinessState.Ok);
    }

    private sealed class Listener(System.Collections.Concurrent.ConcurrentBag<string> heard) : IProgress<ReadinessCheck>
    {
        public void Report(ReadinessCheck value) => heard.Add(value.Id);
    }
}
