using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Projects;

/// <summary>
/// Guesses a project's settings from the files of a checkout. A guess only: a person looks at it before it is used. Nothing of
/// the repository is run.
/// </summary>
public static partial class ProjectProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <param name="paths">Every file, relative to the repository.</param>
    /// <param name="read">The text of one of them.</param>
    public static ProbedProject Look(IReadOnlyCollection<string> paths, Func<string, string> read)
    {
        var texts = new Dictionary<string, string>();
        string Text(string path) => !paths.Contains(path) ? "" : texts.TryGetValue(path, out var known) ? known : texts[path] = read(path);
        var (setup, project) = (Text("setup.py"), Text("pyproject.toml"));
        (string? Name, string File)[] packages =
        [
            (FirstGroup(PyprojectName(), project), "pyproject.toml"), (FirstGroup(SetupName(), setup), "setup.py"), (FirstGroup(SetupCfgName(), Text("setup.cfg")), "setup.cfg"),
        ];
        var package = packages.FirstOrDefault(found => found.Name is not null);
        var fromTag = TakesVersionFromTag(setup, project);
        var (file, name, version) = fromTag ? (FirstGroup(WrittenVersion(), setup) ?? FirstGroup(WrittenVersion(), project), null, null) : FindVersion(paths, Text);
        return new ProbedProject(
            package.Name, package.File, file, name, version, TestCommand(paths, project),
            [.. SubmodulePath().Matches(Text(".gitmodules")).Select(match => match.Groups["value"].Value.Trim())],
            version is null ? [] : [.. Places(paths, file!, version, Text)]) { VersionFromTag = fromTag };
    }

    // setuptools-scm: https://setuptools-scm.readthedocs.io/en/latest/config/
    private static bool TakesVersionFromTag(string setup, string project) =>
        setup.Contains("use_scm_version", StringComparison.Ordinal) || project.Contains("[tool.setuptools_scm]", StringComparison.Ordinal);

    /// <summary>The constant with the shortest path wins: a package's own module lies above its parts.</summary>
    private static (string? File, string? Name, string? Version) FindVersion(IReadOnlyCollection<string> paths, Func<string, string> text)
    {
        var modules = paths.Where(path => path.EndsWith(".py", StringComparison.Ordinal) && !IsTest(path) && Path.GetFileName(path) is not "setup.py")
            .OrderBy(path => path.Count(letter => letter == '/')).ThenBy(path => path, StringComparer.Ordinal);
        foreach (var path in modules)
        {
            if (Constant().Match(text(path)) is { Success: true } match)
                return (path, match.Groups["name"].Value, match.Groups["value"].Value);
        }
        string[] metadata = ["pyproject.toml", "setup.py"];
        foreach (var path in metadata)
        {
            if (MetadataVersion().Match(text(path)) is { Success: true } match)
                return (path, "version", match.Groups["value"].Value);
        }
        return (null, null, null);
    }

    private static IReadOnlyList<string> TestCommand(IReadOnlyCollection<string> paths, string project) =>
        paths.Contains("pytest.ini") || paths.Contains("conftest.py") || paths.Contains("tests/conftest.py") || project.Contains("[tool.pytest", StringComparison.Ordinal)
            ? ["-m", "pytest"]
            : ["-m", "unittest", "discover", "-v", "-s", paths.Any(path => path.StartsWith("test/", StringComparison.Ordinal)) ? "test" : "tests"];

    /// <summary>Places in README and documentation that name the present version, each with a pattern made of the words before it.</summary>
    private static IEnumerable<VersionPlace> Places(IReadOnlyCollection<string> paths, string file, string version, Func<string, string> text)
    {
        // A beta on the development branch: its documents speak of the release already.
        var release = Core.Versions.PythonVersion.TryParse(version, out var parsed, out _) ? parsed.WithoutPreRelease().ToString() : version;
        var line = new Regex($@"(?<before>[^\n]{{0,40}}?)(?<![0-9.])({Regex.Escape(version)}|{Regex.Escape(release)})(?![0-9]|\.[0-9]|[ab][0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
        foreach (var path in paths.Where(path => path != file && IsDocument(path)).Order(StringComparer.Ordinal))
        {
            if (line.Match(text(path)) is not { Success: true } match || string.IsNullOrWhiteSpace(match.Groups["before"].Value))
                continue;
            yield return new VersionPlace(path, Literal(match.Groups["before"].Value.TrimStart()) + @"([0-9]+\.[0-9]+\.[0-9]+(?:[ab][0-9]+)?)");
        }
    }

    /// <summary>A pattern of just this text. People read it, so blanks and # stay as they are: only patterns that ignore blanks would need them escaped.</summary>
    internal static string Literal(string text) => Regex.Escape(text).Replace("\\ ", " ", StringComparison.Ordinal).Replace("\\#", "#", StringComparison.Ordinal);

    /// <summary>Whether the path is a Python file of the tests.</summary>
    internal static bool IsTestModule(string path) => path.EndsWith(".py", StringComparison.Ordinal) && IsTest(path);

    private static bool IsTest(string path) => path.Split('/').Any(part => part is "tests" or "test" || part.StartsWith("test_", StringComparison.Ordinal));

    private static bool IsDocument(string path) =>
        (path.StartsWith("docs/", StringComparison.Ordinal) || !path.Contains('/', StringComparison.Ordinal))
        && Path.GetExtension(path) is ".md" or ".rst" && !Path.GetFileName(path).StartsWith("CHANGE", StringComparison.OrdinalIgnoreCase);

    private static string? FirstGroup(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups["value"].Value : null;

    [GeneratedRegex("""^\[project\][^\[]*?^name\s*=\s*["'](?<value>[^"'\n]+)["']""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PyprojectName();

    [GeneratedRegex("""\bname\s*=\s*["'](?<value>[^"'\n]+)["']""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SetupName();

    [GeneratedRegex("""^name\s*=\s*(?<value>\S+)\s*$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SetupCfgName();

    [GeneratedRegex("""^\s*(?<name>__version__|version|VERSION|[A-Z_]+_VERSION)\s*(?::\s*(?:str|Final)\s*)?=\s*["'](?<value>[0-9][^"'\n]*)["']""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Constant();

    [GeneratedRegex("""\b(?:write_to|version_file)["']?\s*[=:]\s*["'](?<value>[^"'\n]+)["']""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex WrittenVersion();

    [GeneratedRegex("""\bversion\s*=\s*["'](?<value>[0-9][^"'\n]*)["']""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MetadataVersion();

    [GeneratedRegex("""^\s*path\s*=\s*(?<value>.+)$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SubmodulePath();
}

/// <summary>What the files of a checkout say; null where they say nothing.</summary>
/// <param name="PackageFile">The file that names the package.</param>
/// <param name="Version">The version as it stands there now.</param>
/// <param name="Submodules">Their paths.</param>
public sealed record ProbedProject(
    string? Package, string? PackageFile, string? VersionFile, string? VersionName, string? Version, IReadOnlyList<string> TestCommand,
    IReadOnlyList<string> Submodules, IReadOnlyList<VersionPlace> VersionPlaces)
{
    /// <summary>Whether the build takes the version from the tag, and writes it into <see cref="VersionFile"/> where that is not null.</summary>
    public bool VersionFromTag { get; init; }
}
