using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.Projects.Proposals;

/// <summary>
/// Guesses what a release needs besides <see cref="ProjectProbe"/>: the test that expects the version, the runtime requirements
/// and a command that shows the package works. Nothing of the repository is run.
/// </summary>
public static partial class ReleaseHints
{
    private const string AnyVersion = @"([0-9]+\.[0-9]+\.[0-9]+(?:[ab][0-9]+)?)";
    private static readonly string[] Requirements = ["requirements-runtime.txt", "requirements/runtime.txt", "requirements.txt"];

    /// <summary>The test that compares the version with a constant: its file, line and a pattern; null without one, or with several.</summary>
    public static (string Path, int Line, string Pattern)? TestsVersion(RepositoryFiles files)
    {
        var found = files.Paths.Where(ProjectProbe.IsTestModule)
            .SelectMany(path => files.Read(path).Split('\n').Index().Select(line => (path, line.Index, Text: line.Item.Trim())))
            .Where(line => line.Text.Contains("version", StringComparison.OrdinalIgnoreCase))
            .Select(line => (line.path, line.Index, line.Text, Match: Quoted().Match(line.Text)))
            .Where(line => line.Match.Success).Take(2).ToList();
        if (found is not [var only])
            return null;
        var version = only.Match.Groups["value"];
        return (only.path, only.Index + 1, ProjectProbe.Literal(only.Text[..version.Index]) + AnyVersion + ProjectProbe.Literal(only.Text[(version.Index + version.Length)..]));
    }

    public static string? RuntimeRequirements(RepositoryFiles files) => Requirements.FirstOrDefault(files.Paths.Contains);

    /// <summary>The first program of the package, when some module of it takes <c>--version</c>.</summary>
    public static (string Program, string Path)? VersionCommand(RepositoryFiles files)
    {
        if (Program(files) is not { } program)
            return null;
        return files.Paths.Any(path => path.EndsWith(".py", StringComparison.Ordinal) && !ProjectProbe.IsTestModule(path) && files.Read(path).Contains("\"--version\"", StringComparison.Ordinal))
            ? program
            : null;
    }

    private static (string Program, string Path)? Program(RepositoryFiles files)
    {
        (string Path, Regex Pattern)[] places = [("pyproject.toml", PyprojectScript()), ("setup.cfg", SetupCfgScript()), ("setup.py", SetupScript())];
        foreach (var (path, pattern) in places.Where(place => files.Paths.Contains(place.Path)))
        {
            if (pattern.Match(files.Read(path)) is { Success: true } match)
                return (match.Groups["value"].Value, path);
        }

        return null;
    }

    [GeneratedRegex("""["'](?<value>[0-9]+\.[0-9]+\.[0-9]+([ab][0-9]+)?)["']""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();

    [GeneratedRegex("""^\[project\.scripts\]\s*\n\s*["']?(?<value>[A-Za-z0-9._-]+)["']?\s*=""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PyprojectScript();

    [GeneratedRegex("""^console_scripts\s*=\s*\n?\s*(?<value>[A-Za-z0-9._-]+)\s*=""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SetupCfgScript();

    [GeneratedRegex("""["']console_scripts["']\s*:\s*\[?\s*["']\s*(?<value>[A-Za-z0-9._-]+)\s*=""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SetupScript();
}
