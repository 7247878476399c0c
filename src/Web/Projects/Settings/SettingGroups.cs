using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>Every setting of a project, in the order a person thinks of them.</summary>
public static class SettingGroups
{
    public static IReadOnlyList<SettingGroup> All { get; } =
    [
        new("Repository",
        [
            Text("gitUrl", "Clone address", "To clone from and push to", s => s.GitUrl, (s, v) => s with { GitUrl = v }),
            Text("webUrl", "Web address", "Where people look at it", s => s.WebUrl, (s, v) => s with { WebUrl = v }),
            Text("gitHubApi", "GitHub API", "Base of the REST API, with a slash at its end", s => s.GitHubApi, (s, v) => s with { GitHubApi = v }),
            Text("mainBranch", "Released branch", null, s => s.MainBranch, (s, v) => s with { MainBranch = v }),
            Text("devBranch", "Development branch", "A release starts from its head", s => s.DevBranch, (s, v) => s with { DevBranch = v }),
            Lines("submodules", "Submodules", "Path and branch, one a line: images main", s => s.Submodules.Select(module => $"{module.Path} {module.Branch}"),
                (s, v) => s with { Submodules = [.. v.Select(line => SettingText.Pair(line)).Select(pair => new SubmoduleBranch(pair.First, pair.Others))] }),
        ]),
        new("Version",
        [
            Text("versionFile", "File of the version", null, s => s.VersionFile, (s, v) => s with { VersionFile = v }),
            Flag("versionFromTag", "The build takes the version from the tag and writes that file (setuptools-scm)", s => s.VersionFromTag, (s, v) => s with { VersionFromTag = v }),
            Text("versionName", "Name of the constant", null, s => s.VersionName, (s, v) => s with { VersionName = v }),
            Lines("versionPlaces", "Places that must agree", "File and pattern with one group around the version, one a line", s => s.VersionPlaces.Select(place => $"{place.Path} {place.Pattern}"),
                (s, v) => s with { VersionPlaces = [.. v.Select(line => SettingText.Pair(line)).Select(pair => new VersionPlace(pair.First, pair.Others))] }),
            Text("testsVersionFile", "Test that expects a version", "Empty when there is none", s => s.TestsVersionFile ?? "", (s, v) => s with { TestsVersionFile = SettingText.OrNull(v) }),
            Text("testsVersionPattern", "Pattern in that test", "One group around the version", s => s.TestsVersionPattern, (s, v) => s with { TestsVersionPattern = v }),
            Flag("setVersionPlaces", "Set the version in these places and the tests", s => s.SetVersionPlaces, (s, v) => s with { SetVersionPlaces = v }),
            Flag("moveTestsVersion", "Move the tests to the next version after the build", s => s.MoveTestsVersion, (s, v) => s with { MoveTestsVersion = v }),
            Text("tagName", "Name of the tag", "{version} is replaced", s => s.TagName, (s, v) => s with { TagName = v }),
            Text("releaseName", "Name of the GitHub release", "{version} is replaced", s => s.ReleaseName, (s, v) => s with { ReleaseName = v }),
        ]),
        new("Tests and build",
        [
            Text("package", "Package", "Its name on the indexes", s => s.Package, (s, v) => s with { Package = v }),
            Text("python", "Python", "An absolute path, or a program's name", s => s.Python, (s, v) => s with { Python = v }),
            Lines("testCommand", "Arguments that run the tests", "One a line", s => s.TestCommand, (s, v) => s with { TestCommand = v }),
            Lines("buildCommand", "Arguments that build", "One a line; --outdir is added, except to setup.py", s => s.BuildCommand, (s, v) => s with { BuildCommand = v }),
            Text("requirements", "File of runtime requirements", "Empty when the package needs none", s => s.Requirements ?? "", (s, v) => s with { Requirements = SettingText.OrNull(v) }),
            Lines("smokeCommand", "Command that shows it works", "One argument a line; the output must hold the version", s => s.SmokeCommand, (s, v) => s with { SmokeCommand = v }),
            Flag("sourceOnly", "Publish a source distribution only", s => s.SourceOnly, (s, v) => s with { SourceOnly = v }),
        ]),
        new("Rules",
        [
            Text("playbook", "Playbook", "wrapper, images, python-docker or one of your own; empty: by what the project has", s => s.Playbook ?? "", (s, v) => s with { Playbook = SettingText.OrNull(v) }),
            Flag("requireReview", "Wait for an approving review on the pull request", s => s.RequireReview, (s, v) => s with { RequireReview = v }),
            Flag("requireChecks", "The pull request must have checks", s => s.RequireChecks, (s, v) => s with { RequireChecks = v }),
            Flag("checksRunTests", "Those checks run the tests", s => s.ChecksRunTests, (s, v) => s with { ChecksRunTests = v }),
            Text("committerName", "Name in commits", null, s => s.CommitterName, (s, v) => s with { CommitterName = v }),
            Text("committerEmail", "Address in commits", null, s => s.CommitterEmail, (s, v) => s with { CommitterEmail = v }),
        ]),
        new("Changelog and badges",
        [
            Lines("changelogGroups", "Headings of the changelog", "Heading: label, label, one a line; without labels: everything else",
                s => s.ChangelogGroups.Select(group => group.Labels.Count == 0 ? group.Title : $"{group.Title}: {string.Join(", ", group.Labels)}"),
                (s, v) => s with { ChangelogGroups = [.. v.Select(SettingText.Group)] }),
            Lines("changelogExcluding", "Labels that keep a pull request out", "One a line", s => s.ChangelogExcluding, (s, v) => s with { ChangelogExcluding = v }),
            Flag("publicBadges", "Everybody may see badges and feed", s => s.PublicBadges, (s, v) => s with { PublicBadges = v }),
        ]),
        new("Package indexes",
        [
            Flag("useTestIndex", "Try the package on the test index first", s => s.UseTestIndex, (s, v) => s with { UseTestIndex = v }),
            .. Index("testIndex", "Test index", s => s.TestIndex, (s, v) => s with { TestIndex = v }),
            .. Index("productionIndex", "Production index", s => s.ProductionIndex, (s, v) => s with { ProductionIndex = v }),
            Text("dependencyIndex", "Dependencies come from", "Simple API", s => s.DependencyIndex, (s, v) => s with { DependencyIndex = v }),
        ]),
        new("Publishing", PublishFields.All, "publishing", PublishFields.Switch),
        new("Images", ImageFields.All, "images", ImageFields.Switch),
    ];

    internal static SettingField Text(string key, string label, string? hint, Func<ProjectSettings, string> read, Func<ProjectSettings, string, ProjectSettings> write) =>
        new(key, label, hint, SettingKind.Text, read, (settings, text) => write(settings, text.Trim()));

    internal static SettingField Lines(
        string key, string label, string hint, Func<ProjectSettings, IEnumerable<string>> read, Func<ProjectSettings, IReadOnlyList<string>, ProjectSettings> write) =>
        new(key, label, hint, SettingKind.Lines, settings => string.Join('\n', read(settings)), (settings, text) => write(settings, SettingText.Lines(text)));

    internal static SettingField Flag(string key, string label, Func<ProjectSettings, bool> read, Func<ProjectSettings, bool, ProjectSettings> write) =>
        new(key, label, null, SettingKind.Flag, settings => read(settings) ? "true" : "false", (settings, text) => write(settings, text == "true"));

    private static IEnumerable<SettingField> Index(string key, string label, Func<ProjectSettings, IndexAddress> read, Func<ProjectSettings, IndexAddress, ProjectSettings> write) =>
    [
        Text(key + ".name", label, "Short name, also the section in ~/.pypirc", s => read(s).Name, (s, v) => write(s, read(s) with { Name = v })),
        Text(key + ".upload", label + ": upload", null, s => read(s).Upload, (s, v) => write(s, read(s) with { Upload = v })),
        Text(key + ".simple", label + ": simple API", null, s => read(s).Simple, (s, v) => write(s, read(s) with { Simple = v })),
        Text(key + ".json", label + ": JSON API", null, s => read(s).Json, (s, v) => write(s, read(s) with { Json = v })),
    ];
}
