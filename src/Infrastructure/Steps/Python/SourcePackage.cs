using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>Names of source packages: https://packaging.python.org/en/latest/specifications/source-distribution-format/</summary>
internal static partial class SourcePackage
{
    private const string Ending = ".tar.gz";

    /// <summary>The name that today's tools give it; older ones keep dashes and capitals.</summary>
    public static string UsualName(ReleaseFacts facts) => $"{Normal(facts.Project.Settings.Package).Replace('-', '_')}-{facts.Version}{Ending}";

    /// <summary>The one source package of the release among the files of a build.</summary>
    public static Result<string, StepError> Find(ReleaseFacts facts, IEnumerable<string> files, bool sourceOnly)
    {
        var all = files.Order(StringComparer.Ordinal).ToList();
        if (sourceOnly && all.FirstOrDefault(file => !file.EndsWith(Ending, StringComparison.Ordinal)) is { } other)
        {
            return new StepError("not-source-only", "The build made more than a source package.", $"It made {other}.",
                "Correct the build command in the project's settings so that it builds the source package only. Then start the release again.", all);
        }
        var sources = all.Where(file => file.EndsWith(Ending, StringComparison.Ordinal)).ToList();
        return sources is [var source] && IsOf(facts, source)
            ? source
            : new StepError("wrong-package", $"The build did not make {UsualName(facts)}.",
                all.Count == 0 ? "It made no file." : $"It made {string.Join(", ", all)}.",
                "The version or the name in the package's metadata is not the one that is released. Correct it on the branch and start the release again.", all);
    }

    /// <summary>Whether two spellings name the same package.</summary>
    public static bool SameName(string one, string other) => Normal(one) == Normal(other);

    private static bool IsOf(ReleaseFacts facts, string file)
    {
        var stem = file[..^Ending.Length];
        var dash = stem.LastIndexOf('-');
        return dash > 0 && Normal(stem[..dash]) == Normal(facts.Project.Settings.Package)
            && PythonVersion.TryParse(stem[(dash + 1)..], out var version, out _) && version == facts.Version;
    }

    private static string Normal(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    [GeneratedRegex("[-_.]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();
}
