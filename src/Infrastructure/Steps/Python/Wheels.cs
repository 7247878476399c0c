using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>The wheel of a build. <see href="https://packaging.python.org/specifications/binary-distribution-format/"/></summary>
internal static class Wheels
{
    private const string Ending = ".whl";

    /// <returns>The name of the one wheel, or null when there is none. Wheels for several platforms are not made on one worker.</returns>
    public static Result<string?, StepError> Find(ReleaseFacts facts, string dist)
    {
        var wheels = Directory.EnumerateFiles(dist, "*" + Ending).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        return wheels switch
        {
            [] => (string?)null,
            [var wheel] when IsOf(facts, wheel) => wheel,
            _ => new StepError(
                "wrong-package", $"The build did not make one wheel of {facts.Project.Settings.Package} {facts.Version}.", $"It made {string.Join(", ", wheels)}.",
                "Correct the version or the build command on the branch, then start the release again.", wheels),
        };
    }

    public static StepError Missing(ReleaseFacts facts) => new(
        "no-wheel", "The build made no wheel.", "It made a source package only, and the playbook publishes both.",
        $"Let the build command of {facts.Project.Name} make both, such as -m build, in the project's settings. Then start the release again.");

    private static bool IsOf(ReleaseFacts facts, string wheel) =>
        wheel.Split('-') is [var name, var text, _, _, ..] && SourcePackage.SameName(name, facts.Project.Settings.Package)
        && PythonVersion.TryParse(text, out var version, out _) && version == facts.Version;
}
