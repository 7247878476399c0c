using System.Globalization;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>Environment of Python's tools: only what the project says, nothing from the worker's own configuration.</summary>
internal static class PythonVariables
{
    /// <summary>Tells setuptools-scm a version. <see href="https://setuptools-scm.readthedocs.io/en/latest/overrides/"/></summary>
    public const string ScmVersion = "SETUPTOOLS_SCM_PRETEND_VERSION";

    /// <summary>The input of steps that build.</summary>
    public static InputDescription FromTag { get; } = new(
        "version_from_tag", ValueKind.Flag, "Whether setuptools-scm makes the version: it is told the one that is released, whose tag is not there yet.", Default: new InputValue.Flag(false));

    /// <summary>For a step that builds the package, or may.</summary>
    public static Dictionary<string, string> For(ReleaseFacts facts, StepInputs inputs)
    {
        var variables = For(facts);
        // The tag comes after the build; without it setuptools-scm would make a development version.
        if (inputs.Flag(FromTag.Name))
            variables[ScmVersion] = facts.Version.ToString();
        return variables;
    }

    public static Dictionary<string, string> For(ReleaseFacts facts)
    {
        var variables = new Dictionary<string, string>
        {
            ["PIP_CONFIG_FILE"] = "/dev/null",
            ["PIP_NO_INPUT"] = "1",
            ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1",
            ["PYTHONUNBUFFERED"] = "1",
            ["PYTHONNOUSERSITE"] = "1",
            // Archives bear the time of the release, so that building again gives the same bytes where the tools allow it.
            ["SOURCE_DATE_EPOCH"] = facts.StartedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in Index(facts.Project.Settings))
            variables[name] = value;
        return variables;
    }

    /// <summary>Where dependencies and build tools come from: an index, or a folder of wheels on a machine without one.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Index(ProjectSettings settings)
    {
        if (Uri.TryCreate(settings.DependencyIndex, UriKind.Absolute, out var address) && address.IsFile)
        {
            yield return new("PIP_NO_INDEX", "1");
            yield return new("PIP_FIND_LINKS", address.LocalPath);
        }
        else
        {
            yield return new("PIP_INDEX_URL", settings.DependencyIndex);
        }
    }

    /// <summary>For the plan.</summary>
    public static IReadOnlyList<string> Shown(ProjectSettings settings) =>
        ["PIP_CONFIG_FILE=/dev/null", .. Index(settings).Select(variable => $"{variable.Key}={variable.Value}"), "SOURCE_DATE_EPOCH=‹start of the release›"];
}
