using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Projects;

/// <summary>Looks through a project's name, repository and settings and reports every fault, each beginning with the setting's name.</summary>
public static partial class ProjectSettingsCheck
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(200);

    public static IReadOnlyList<string> Faults(string name, string repository, ProjectSettings settings, bool allowFile) =>
    [
        .. One(ShortName().IsMatch(name), $"name: '{name}' has to be 1 to 64 small letters, digits, dashes, dots or underscores."),
        .. One(name != "new", "name: 'new' is the address of the page that adds projects."),
        .. One(Repository().IsMatch(repository), $"repository: '{repository}' is not OWNER/NAME."),
        .. Remote(settings.GitUrl, allowFile),
        .. Address("gitHubApi", settings.GitHubApi),
        .. Address("webUrl", settings.WebUrl),
        .. Address("dependencyIndex", settings.DependencyIndex),
        .. Index("testIndex", settings.TestIndex),
        .. Index("productionIndex", settings.ProductionIndex),
        // One address for both would hand the test index's token to the index that counts.
        .. One(!settings.UseTestIndex || settings.TestIndex.Upload.TrimEnd('/') != settings.ProductionIndex.Upload.TrimEnd('/'), "testIndex.upload: is the address of the production index."),
        .. Branch("mainBranch", settings.MainBranch),
        .. Branch("devBranch", settings.DevBranch),
        .. OfPackage(settings),
        .. One(Identifier().IsMatch(settings.VersionName), $"versionName: '{settings.VersionName}' is no name of a constant."),
        .. settings.VersionPlaces.SelectMany((place, at) => PathFault($"versionPlaces[{at}].path", place.Path).Concat(Pattern($"versionPlaces[{at}].pattern", place.Pattern))),
        .. settings.TestsVersionFile is { } file ? PathFault("testsVersionFile", file).Concat(Pattern("testsVersionPattern", settings.TestsVersionPattern)) : [],
        .. settings.Requirements is { } requirements ? PathFault("requirements", requirements) : [],
        .. settings.Submodules.SelectMany((module, at) => PathFault($"submodules[{at}].path", module.Path).Concat(Branch($"submodules[{at}].branch", module.Branch))),
        .. Interpreter(settings.Python),
        .. One(settings.TestCommand.Count > 0, "testCommand: is empty."),
        .. One(settings.BuildCommand.Count > 0, "buildCommand: is empty."),
        .. Commands(settings),
        .. Tag(settings),
        .. One(settings.ReleaseName.Contains("{version}", StringComparison.Ordinal), $"releaseName: '{settings.ReleaseName}' does not hold {{version}}."),
        .. One(settings.ChangelogGroups.Count <= 30 && settings.ChangelogGroups.All(group => group.Title.Length is > 0 and <= 80 && !group.Title.Any(char.IsControl)),
            "changelogGroups: at most 30 headings of 1 to 80 characters each."),
        .. settings.PublishBy is { } publish ? Publish(publish) : [],
        .. settings.Images is { } images ? ImageSettingsCheck.Faults(images, PathFault) : [],
    ];

    private static IEnumerable<string> One(bool good, string fault) => good ? [] : [fault];

    private static IEnumerable<string> Remote(string url, bool allowFile) =>
        RemoteUrl.TryParse(url, allowFile, out _, out var fault) ? [] : [$"gitUrl: {fault}"];

    private static IEnumerable<string> Address(string setting, string text) =>
        One(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0,
            $"{setting}: '{text}' is not an address such as https://pypi.org/simple/ without a user name.");

    private static IEnumerable<string> Index(string setting, IndexAddress index) =>
    [
        .. One(Identifier().IsMatch(index.Name), $"{setting}.name: '{index.Name}' is no short name."),
        .. Address($"{setting}.upload", index.Upload), .. Address($"{setting}.simple", index.Simple), .. Address($"{setting}.json", index.Json),
    ];

    private static IEnumerable<string> Branch(string setting, string text) =>
        BranchName.TryParse(text, out _, out var fault) ? [] : [$"{setting}: {fault}"];

    // Links that lead out of the repository are the steps' matter; here only the text can be judged.
    private static IEnumerable<string> PathFault(string setting, string path) =>
        One(path.Length > 0 && !path.StartsWith('/') && !path.StartsWith('-') && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
            && path.Split('/').All(part => part is not ("" or "." or ".." or ".git")),
            $"{setting}: '{path}' is not a path inside the repository.");

    private static IEnumerable<string> Pattern(string setting, string pattern)
    {
        Regex regex;
        try
        {
            regex = new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (ArgumentException exception)
        {
            return [$"{setting}: '{pattern}' is no regular expression: {exception.Message}"];
        }
        return One(regex.GetGroupNumbers().Length == 2, $"{setting}: '{pattern}' needs exactly one group, around the version.");
    }

    // Images alone need neither a package nor a file that names the version, and a tag may be all that names it.
    private static IEnumerable<string> OfPackage(ProjectSettings settings)
    {
        var isImagesOnly = settings.Images is not null && settings.Package.Length == 0;
        return
        [
            .. isImagesOnly ? [] : One(Package().IsMatch(settings.Package), $"package: '{settings.Package}' is no name of a Python package."),
            .. (isImagesOnly || settings.VersionFromTag) && settings.VersionFile.Length == 0 ? [] : PathFault("versionFile", settings.VersionFile),
        ];
    }

    private static IEnumerable<string> Interpreter(string python) =>
        One(python.Length > 0 && !python.StartsWith('-') && !python.Any(char.IsControl) && (Path.IsPathRooted(python) || !python.Contains('/', StringComparison.Ordinal)),
            $"python: '{python}' is neither an absolute path nor a program's name.");

    private static IEnumerable<string> Commands(ProjectSettings settings) =>
        One(settings.TestCommand.Concat(settings.BuildCommand).Concat(settings.SmokeCommand).All(argument => !argument.Contains('\0', StringComparison.Ordinal)),
            "commands: an argument holds a null character.");

    private static IEnumerable<string> Publish(PublishWorkflow publish) =>
    [
        .. One(WorkflowFile().IsMatch(publish.File), $"publishBy.file: '{publish.File}' is not the file name of a workflow such as publish.yml."),
        .. One(publish.Repository is null || Repository().IsMatch(publish.Repository), $"publishBy.repository: '{publish.Repository}' is not OWNER/NAME."),
        .. One(publish.Repository is null || publish.Dispatch, "publishBy.dispatch: a tag of this repository starts no workflow of another one; it has to be a dispatch."),
        .. Branch("publishBy.branch", publish.Branch),
    ];

    private static IEnumerable<string> Tag(ProjectSettings settings) =>
        settings.TagName.Contains("{version}", StringComparison.Ordinal) && TagName.TryParse(settings.TagFor("1.2.3"), out _, out _)
            ? []
            : [$"tagName: '{settings.TagName}' does not hold {{version}}, or makes no name that git takes."];

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex ShortName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}$", RegexOptions.NonBacktracking)]
    private static partial Regex Repository();

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,95}\\.ya?ml$", RegexOptions.NonBacktracking)]
    private static partial Regex WorkflowFile();

    [GeneratedRegex("^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Package();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();
}
