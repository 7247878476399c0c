using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.Versions;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

/// <summary>Set, lint and move the version in the clone.</summary>
public sealed class VersionStepTests : StepFixture
{
    private StepContext Lint => Release.Build("version.lint", ("version", "1.2.0"));

    private StepContext Move(string mode) => Release.Build("version.move_tests", ("version", "1.2.1"), ("mode", mode));

    [Fact]
    public async Task Set_BetaConstant_LosesItsTagAndShowsTheDiff()
    {
        await UpdatedAsync();
        var evidence = await DoneAsync(new VersionSetStep(Workspaces), SetContext());
        evidence["before"].ShouldBe("1.2.0b1");
        evidence["after"].ShouldBe("1.2.0");
        evidence["file"].ShouldBe("hello_wrapper/config.py:2");
        evidence["diff"]!.ShouldContain("-    version: str = \"1.2.0b1\"\n+    version: str = \"1.2.0\"\n");
        Get("hello_wrapper/config.py").ShouldContain("    version: str = \"1.2.0\"\n    name");
    }

    [Fact]
    public async Task Set_AfterACrash_IsDoneWithTheSameEvidence()
    {
        await UpdatedAsync();
        var first = await DoneAsync(new VersionSetStep(Workspaces), SetContext());
        (await new VersionSetStep(Workspaces).ObserveAsync(SetContext(), Stop)).ShouldBeOfType<Observation.Done>().Evidence.ShouldBe(first);
    }

    [Theory]
    [InlineData("hello_wrapper/config.py", "release", "version-not-found")]
    [InlineData("hello_wrapper/nothing.py", "version", "no-file")]
    [InlineData("../outside.py", "version", "bad-path")]
    [InlineData(".git/config", "version", "bad-path")]
    public async Task Set_WrongPlace_IsRefused(string file, string constant, string code)
    {
        await UpdatedAsync();
        Put(Workspace, "outside.py", "version = \"1.0\"\n");
        var context = Release.Build("version.set", ("file", file), ("constant", constant), ("version", "1.2.0"));
        await FailedAsync(new VersionSetStep(Workspaces), context, code);
        File.ReadAllText(Path.Combine(Workspace, "outside.py")).ShouldBe("version = \"1.0\"\n");
    }

    [Fact]
    public async Task Set_FileIsALink_IsNotFollowed()
    {
        await UpdatedAsync();
        Put(Workspace, "outside.py", "version = \"1.0\"\n");
        File.CreateSymbolicLink(Path.Combine(Repository, "link.py"), Path.Combine(Workspace, "outside.py"));
        await FailedAsync(new VersionSetStep(Workspaces), Release.Build("version.set", ("file", "link.py"), ("constant", "version"), ("version", "1.2.0")), "bad-path");
    }

    [Fact]
    public async Task SetPlaces_OldVersionInReadmeAndTests_AreSetAndTheLintAgrees()
    {
        await UpdatedAsync();
        Put(Repository, "README.md", "# hello-wrapper\n\nVersion 1.1.0 says hello.\n");
        await DoneAsync(new VersionSetStep(Workspaces), SetContext());
        var context = Release.Build("version.set_places", ("version", "1.2.0"));
        var evidence = await DoneAsync(new VersionPlacesStep(Workspaces), context);
        evidence["places"].ShouldBe("2 in README.md, tests/test_version.py");
        Get("README.md").ShouldContain("Version 1.2.0 says hello.");
        (await new VersionPlacesStep(Workspaces).ObserveAsync(context, Stop)).ShouldBeOfType<Observation.Done>().Evidence.ShouldBe(evidence);
        await DoneAsync(new VersionLintStep(Workspaces), Lint);
    }

    [Fact]
    public async Task Set_Plan_ShowsTheFileBeforeAndAfter()
    {
        await UpdatedAsync();
        var plan = await new VersionSetStep(Workspaces).PlanAsync(
            Release.Plan("version.set", Repository, ("file", "hello_wrapper/config.py"), ("constant", "version"), ("version", "1.2.0")), Stop);
        var change = plan.Files.ShouldHaveSingleItem();
        change.Before.ShouldContain("1.2.0b1");
        change.After.ShouldNotContain("b1");
        Get("hello_wrapper/config.py").ShouldBe(change.Before);
    }

    [Fact]
    public async Task Lint_EverythingAgrees_CountsThePlaces()
    {
        await UpdatedAsync();
        await DoneAsync(new VersionSetStep(Workspaces), SetContext());
        (await DoneAsync(new VersionLintStep(Workspaces), Lint))["places"].ShouldBe("3");
    }

    [Fact]
    public async Task Lint_PlacesDisagree_AreListedWithLineFoundAndExpected()
    {
        await UpdatedAsync();
        Put(Repository, "README.md", "# hello-wrapper\n\nVersion 1.1.0 says hello.\n");
        var error = await FailedAsync(new VersionLintStep(Workspaces), Lint, "versions-disagree");
        error.Lines.ShouldBe(["hello_wrapper/config.py:2 says 1.2.0b1, 1.2.0 is expected.", "README.md:3 says 1.1.0, 1.2.0 is expected."]);
    }

    [Fact]
    public async Task MoveTests_ModeNext_AsksForTheNextVersion()
    {
        await CommittedAsync();
        (await DoneAsync(new VersionMoveTestsStep(Workspaces), Move("next")))["after"].ShouldBe("1.2.1");
        Get("tests/test_version.py").ShouldContain("assertEqual(\"1.2.1\", ConstantConfig.version)");
        (await new VersionMoveTestsStep(Workspaces).ObserveAsync(Move("next"), Stop)).ShouldBeOfType<Observation.Done>();
    }

    [Fact]
    public async Task MoveTests_ModeEqual_ChangesNothing()
    {
        await CommittedAsync();
        await DoneAsync(new VersionMoveTestsStep(Workspaces), Move("equal"));
        Get("tests/test_version.py").ShouldContain("\"1.2.0\"");
    }

    [Fact]
    public async Task MoveTests_PatternFitsTwice_IsRefused()
    {
        await CommittedAsync();
        Put(Repository, "tests/test_version.py", "A = '1.2.0'\nB = '1.2.0'\n");
        (await FailedAsync(new VersionMoveTestsStep(Workspaces), Move("next"), "version-not-found")).Why.ShouldContain("lines 1, 2");
    }
}
