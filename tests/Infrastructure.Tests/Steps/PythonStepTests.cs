using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Steps.Python;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

/// <summary>Real tests and builds with the system's Python.</summary>
public sealed class PythonStepTests : StepFixture
{
    private static readonly string[] Sdist = ["-m", "build", "--sdist"];
    private static readonly string[] SdistAndWheel = ["-m", "build"];
    private static readonly string[] SetupPy = ["setup.py", "clean", "test"];

    private PythonTestStep Test => new(Workspaces, Programs);

    private PythonBuildStep Build => new(Workspaces, Programs);

    private StepContext TestOf(CommitSha commit) => Release.Build("python.test", ("commit", commit.Value), Unittest);

    private StepContext BuildOf(CommitSha commit, bool sourceOnly = true, string[]? command = null) =>
        Release.Build("python.build", ("commit", commit.Value), ("command", command ?? Sdist), ("source_only", sourceOnly));

    /// <summary>One more commit in the clone.</summary>
    private async Task<CommitSha> CommitAsync(string path, string text)
    {
        Put(Repository, path, text);
        var evidence = await DoneAsync(new GitCommitStep(Workspaces), Release.Build("git.commit", ("message", $"Change {path}")));
        return CommitSha.Parse(evidence["commit"]!);
    }

    [Fact]
    public async Task Test_PassingTests_AreCountedOnTheExactCommit()
    {
        var commit = await CommittedAsync();
        // What is not in the commit must not be in the test either.
        Put(Repository, "tests/test_dirt.py", "raise SystemExit(1)\n");
        var evidence = await DoneAsync(Test, TestOf(commit));
        evidence["commit"].ShouldBe(commit.Value);
        evidence["tests"].ShouldBe("2");
        evidence["command"].ShouldBe("/usr/bin/python3 -m unittest discover -v -s tests");
        Release.Lines.ShouldContain("OK");
    }

    [Fact]
    public async Task Test_FailingTest_ShowsTheLinesThatSayWhy()
    {
        await UpdatedAsync();
        // The constant still has its beta tag.
        var error = await FailedAsync(Test, TestOf(Base), "tests-failed");
        error.Lines.ShouldContain(line => line.StartsWith("FAIL: test_version", StringComparison.Ordinal));
        error.Lines.ShouldContain("AssertionError: '1.2.0' != '1.2.0b1'");
        error.Why.ShouldContain("exit code 1");
    }

    [Fact]
    public async Task Test_SetupPyCleanTest_RunsInTheOwnEnvironment()
    {
        await CommittedAsync();
        var commit = await CommitAsync("setup.py", "from setuptools import setup\nsetup(test_suite='tests')\n");
        var evidence = await DoneAsync(Test, Release.Build("python.test", ("commit", commit.Value), ("command", SetupPy)));
        evidence["tests"].ShouldBe("2");
    }

    [Fact]
    public async Task Test_NothingFound_IsNoPass()
    {
        await CommittedAsync();
        var commit = await CommitAsync("tests/test_version.py", "\n");
        await FailedAsync(Test, TestOf(commit), "no-tests");
    }

    [Fact]
    public async Task Build_SourcePackage_IsHashedAndKept()
    {
        var commit = await CommittedAsync();
        var evidence = await DoneAsync(Build, BuildOf(commit));
        var path = Path.Combine(Workspace, "dist", evidence["file"]!);
        evidence["file"]!.ShouldMatch("^hello[-_]wrapper-1\\.2\\.0\\.tar\\.gz$");
        evidence["sha256"].ShouldBe(BuiltFile.Hash(path));
        evidence["size"].ShouldBe($"{new FileInfo(path).Length}");
        evidence["commit"].ShouldBe(commit.Value);
        Directory.GetFiles(Path.Combine(Workspace, "dist")).ShouldHaveSingleItem();

        // Another attempt takes the same bytes.
        var before = File.GetLastWriteTimeUtc(path);
        (await DoneAsync(Build, BuildOf(commit))).ShouldBe(evidence);
        File.GetLastWriteTimeUtc(path).ShouldBe(before);

        File.AppendAllText(path, "x");
        await DifferentAsync(Build, BuildOf(commit), "file-changed");
    }

    [Fact]
    public async Task Build_MoreThanASourcePackage_IsRefusedUnlessAllowed()
    {
        var commit = await CommittedAsync();
        (await FailedAsync(Build, BuildOf(commit, command: SdistAndWheel), "not-source-only")).Why.ShouldContain(".whl");
        BuiltFile.Read(Workspace).ShouldBeNull();
        (await DoneAsync(Build, BuildOf(commit, sourceOnly: false, command: SdistAndWheel)))["file"]!.ShouldEndWith(".tar.gz");
    }

    [Fact]
    public async Task Build_OfAnotherVersion_IsRefused()
    {
        await UpdatedAsync();
        (await FailedAsync(Build, BuildOf(Base), "wrong-package")).Why.ShouldContain("1.2.0b1");
    }

    [Fact]
    public async Task Build_WithoutLongDescription_IsRefusedByTwine()
    {
        await CommittedAsync();
        var project = DemoPackage.Files["pyproject.toml"].Replace("readme = \"README.md\"\n", "", StringComparison.Ordinal);
        var commit = await CommitAsync("pyproject.toml", project);
        (await FailedAsync(Build, BuildOf(commit), "twine-check-failed")).Lines.ShouldContain(line => line.Contains("long_description", StringComparison.Ordinal));
    }

    private static readonly string[] BuildBoth = ["-m", "build", "--no-isolation"];

    private const string ScmProject = """
        [build-system]
        requires = ["setuptools", "setuptools-scm"]
        build-backend = "setuptools.build_meta"

        [project]
        name = "hello-wrapper"
        dynamic = ["version"]
        description = "Says hello"
        readme = "README.md"

        [tool.setuptools]
        packages = ["hello_wrapper"]

        [tool.setuptools_scm]
        write_to = "hello_wrapper/version.py"

        """;

    private StepContext ScmBuildOf(CommitSha commit, bool fromTag = true, string versionFile = "hello_wrapper/version.py", string[]? command = null) => Release.Build(
        "python.build", ("commit", commit.Value), ("command", command ?? BuildBoth), ("source_only", false), ("needs_wheel", true), ("version_from_tag", fromTag), ("version_file", versionFile));

    [Fact]
    public async Task Build_VersionFromTheTagToBe_IsInSourcePackageAndWheel()
    {
        await CommittedAsync();
        var commit = await CommitAsync("pyproject.toml", ScmProject);
        var evidence = await DoneAsync(Build, ScmBuildOf(commit));
        evidence["file"]!.ShouldMatch("^hello[-_]wrapper-1\\.2\\.0\\.tar\\.gz$");
        evidence["wheel"].ShouldBe("hello_wrapper-1.2.0-py3-none-any.whl");
        evidence["wheel_sha256"].ShouldBe(BuiltFile.Hash(Path.Combine(Workspace, "dist", evidence["wheel"]!)));
        (await DoneAsync(Build, ScmBuildOf(commit))).ShouldBe(evidence);

        File.AppendAllText(Path.Combine(Workspace, "dist", evidence["wheel"]!), "x");
        await DifferentAsync(Build, ScmBuildOf(commit), "file-changed");
    }

    [Fact]
    public async Task Build_WithoutBeingToldTheVersion_IsRefused()
    {
        await CommittedAsync();
        var commit = await CommitAsync("pyproject.toml", ScmProject);
        (await FailedAsync(Build, ScmBuildOf(commit, fromTag: false), "wrong-package")).Why.ShouldContain("0.1.dev");
    }

    [Fact]
    public async Task Build_VersionFileThatDoesNotBearIt_IsRefused()
    {
        await CommittedAsync();
        var commit = await CommitAsync("pyproject.toml", ScmProject);
        (await FailedAsync(Build, ScmBuildOf(commit, versionFile: "hello_wrapper/__init__.py"), "version-file")).Why.ShouldContain("does not hold 1.2.0");
        (await FailedAsync(Build, ScmBuildOf(commit, versionFile: "hello_wrapper/absent.py"), "version-file")).Why.ShouldContain("It has no");
    }

    [Fact]
    public async Task Build_NoWheelWhereOneIsNeeded_IsRefused()
    {
        await CommittedAsync();
        var commit = await CommitAsync("pyproject.toml", ScmProject);
        await FailedAsync(Build, ScmBuildOf(commit, command: ["-m", "build", "--no-isolation", "--sdist"]), "no-wheel");
    }
}
