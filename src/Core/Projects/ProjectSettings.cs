using ReleaseDashboard.Core.Changelog;

namespace ReleaseDashboard.Core.Projects;

/// <summary>What a project says about itself. Every value has a default that suits the wrapper document.</summary>
public sealed record ProjectSettings
{
    /// <summary>Base of the GitHub REST API, with a slash at its end.</summary>
    public string GitHubApi { get; init; } = "https://api.github.com/";

    /// <summary>Address to clone from and push to.</summary>
    public required string GitUrl { get; init; }

    /// <summary>Where people look at the repository.</summary>
    public required string WebUrl { get; init; }

    /// <summary>The playbook that its releases run on; null: the one for what it has: a package, one whose version comes from its tag, or images only.</summary>
    public string? Playbook { get; init; }

    /// <summary>The branch that is released.</summary>
    public string MainBranch { get; init; } = "main";

    /// <summary>The branch that work happens on, and that a release starts from.</summary>
    public string DevBranch { get; init; } = "dev";

    /// <summary>Name of the package on the indexes; empty for a project that releases images only.</summary>
    public string Package { get; init; } = "";

    /// <summary>File that holds the version constant, relative to the repository; empty where only tags name the version.</summary>
    public string VersionFile { get; init; } = "";

    /// <summary>
    /// Whether the version comes from the tag (setuptools-scm). <see cref="VersionFile"/> is then made by the build and stands in no commit;
    /// it may be empty where the build writes none.
    /// </summary>
    public bool VersionFromTag { get; init; }

    /// <summary>Name of the constant in <see cref="VersionFile"/>: <c>version</c>, <c>__version__</c>.</summary>
    public string VersionName { get; init; } = "version";

    /// <summary>Places that must agree with the version; empty when there are none.</summary>
    public IReadOnlyList<VersionPlace> VersionPlaces { get; init; } = [];

    /// <summary>Whether the release writes the version into <see cref="VersionPlaces"/> and the tests. Otherwise people do, and the release only compares.</summary>
    public bool SetVersionPlaces { get; init; } = true;

    /// <summary>File of the tests that expects a version; moved to the next one after the build. Null when there is none.</summary>
    public string? TestsVersionFile { get; init; }

    /// <summary>Regular expression with one group around the version in <see cref="TestsVersionFile"/>.</summary>
    public string TestsVersionPattern { get; init; } = "([0-9]+\\.[0-9]+\\.[0-9]+(?:[ab][0-9]+)?)";

    /// <summary>Whether the tests' version moves to the next version after the build, as the wrapper document has it.</summary>
    public bool MoveTestsVersion { get; init; } = true;

    /// <summary>Interpreter that tests and builds: an absolute path, or a name found on the PATH.</summary>
    public string Python { get; init; } = "/usr/bin/python3";

    /// <summary>Arguments of the interpreter that run the tests.</summary>
    public IReadOnlyList<string> TestCommand { get; init; } = ["-m", "unittest", "discover", "-v", "-s", "tests"];

    /// <summary>What the tests need besides <see cref="Requirements"/>, as pip takes it: <c>pytest</c>, or <c>.</c> for the package itself.</summary>
    public IReadOnlyList<string> TestRequirements { get; init; } = [];

    /// <summary>Arguments of the interpreter that build; <c>--outdir</c> is added, except to <c>setup.py</c>.</summary>
    public IReadOnlyList<string> BuildCommand { get; init; } = ["-m", "build", "--sdist"];

    /// <summary>Whether anything but a source distribution is refused.</summary>
    public bool SourceOnly { get; init; } = true;

    /// <summary>File of runtime requirements installed before the package, from the ordinary index; null when the package needs none.</summary>
    public string? Requirements { get; init; }

    /// <summary>Command that shows the installed package works: its output must hold the version. The first item is a program of the package.</summary>
    public IReadOnlyList<string> SmokeCommand { get; init; } = [];

    /// <summary>Submodules and the branch each is released from, by path.</summary>
    public IReadOnlyList<SubmoduleBranch> Submodules { get; init; } = [];

    /// <summary>The branch of submodules that <see cref="Submodules"/> does not name.</summary>
    public string DefaultSubmoduleBranch { get; init; } = "main";

    /// <summary>Whether the package is tried on the test index first.</summary>
    public bool UseTestIndex { get; init; } = true;

    public IndexAddress TestIndex { get; init; } = IndexAddress.TestPyPI;

    public IndexAddress ProductionIndex { get; init; } = IndexAddress.PyPI;

    /// <summary>Simple API address that dependencies and build tools are installed from.</summary>
    public string DependencyIndex { get; init; } = IndexAddress.PyPI.Simple;

    /// <summary>Whether an approving review on the pull request is waited for before merging.</summary>
    public bool RequireReview { get; init; } = true;

    /// <summary>Whether checks on the pull request must be there. Without it a repository with no checks passes.</summary>
    public bool RequireChecks { get; init; } = true;

    /// <summary>Whether the pull request's checks run the tests; then a moved tests' version would fail them.</summary>
    public bool ChecksRunTests { get; init; }

    /// <summary>Name of the GitHub release; <c>{version}</c> is replaced.</summary>
    public string ReleaseName { get; init; } = "{version}";

    /// <summary>Name of the tag; <c>{version}</c> is replaced.</summary>
    public string TagName { get; init; } = "{version}";

    /// <summary>Name and address in commits that workers make.</summary>
    public string CommitterName { get; init; } = "ReleaseDashboard";

    public string CommitterEmail { get; init; } = "release-dashboard@localhost";

    /// <summary>The project's own workflow that publishes the package; null: the worker uploads it.</summary>
    public PublishWorkflow? PublishBy { get; init; }

    /// <summary>The project's Docker images; null when it has none.</summary>
    public ImageSettings? Images { get; init; }

    /// <summary>Headings of the drafted changelog and the labels that bring pull requests under them, in order; the first that fits takes one.</summary>
    public IReadOnlyList<ChangelogGroup> ChangelogGroups { get; init; } = ChangelogGroup.Defaults;

    /// <summary>Labels that keep a pull request out of the changelog.</summary>
    public IReadOnlyList<string> ChangelogExcluding { get; init; } = ChangelogGroup.Excluding;

    /// <summary>Whether everybody may see the badges and the feed, without signing in. They tell versions, states and times.</summary>
    public bool PublicBadges { get; init; }

    public string TagFor(string version) => TagName.Replace("{version}", version, StringComparison.Ordinal);

    public string ReleaseNameFor(string version) => ReleaseName.Replace("{version}", version, StringComparison.Ordinal);
}

/// <summary>A place in the repository that names the version.</summary>
/// <param name="Path">File, relative to the repository.</param>
/// <param name="Pattern">Regular expression with one group around the version.</param>
public sealed record VersionPlace(string Path, string Pattern);

/// <summary>A submodule and the branch that its pin follows at a release.</summary>
public sealed record SubmoduleBranch(string Path, string Branch);

/// <summary>A Python package index.</summary>
/// <param name="Name">Short name: <c>pypi</c>, <c>testpypi</c>; also the section in <c>~/.pypirc</c>.</param>
/// <param name="Upload">Legacy upload API.</param>
/// <param name="Simple">Simple API, with a slash at its end.</param>
/// <param name="Json">JSON API, with a slash at its end; the project name follows.</param>
public sealed record IndexAddress(string Name, string Upload, string Simple, string Json)
{
    public static IndexAddress PyPI { get; } =
        new("pypi", "https://upload.pypi.org/legacy/", "https://pypi.org/simple/", "https://pypi.org/pypi/");

    public static IndexAddress TestPyPI { get; } =
        new("testpypi", "https://test.pypi.org/legacy/", "https://test.pypi.org/simple/", "https://test.pypi.org/pypi/");
}
