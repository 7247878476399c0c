using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Preparation.Overview;

namespace ReleaseDashboard.Web.NewRelease.Version;

/// <summary>What can be said of a version while it is typed. Preflight looks at everything again.</summary>
/// <param name="IsGood">Whether the wizard may go on with it.</param>
/// <param name="IsWarning">It may go on, but a person should think about it.</param>
/// <param name="Message">One plain sentence.</param>
public sealed record VersionVerdict(bool IsGood, bool IsWarning, string Message)
{
    /// <param name="overview">What the remotes told; null while they are asked.</param>
    public static VersionVerdict Of(string? text, ProjectOverview? overview)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Bad("Type a version, or choose one of the suggestions.");
        if (!ReleaseTitle.TryParse(text.Trim(), out var title, out var reason))
            return Bad($"{char.ToUpperInvariant(reason[0])}{reason[1..]}.");
        var version = title.ToPythonVersion();
        if (overview is null)
            return new VersionVerdict(true, false, "A valid version. Tags and indexes are being asked.");
        if (overview.Tags.Value?.FirstOrDefault(tag => tag.Version == version.ToString()) is { } tag)
            return Bad($"{tag.Version} is released already: the repository has the tag {tag.Name}.");
        foreach (var index in new[] { overview.Production.Value, overview.Test.Value })
        {
            if (index?.LatestVersion == version.ToString())
                return Bad($"{index.LatestVersion} is on {index.Index} already, and a file name there can be used once only.");
        }

        if (overview.Proposal.Value?.LastVersion is { } last && PythonVersion.TryParse(last, out var previous, out _) && version < previous)
            return new VersionVerdict(true, true, $"Earlier than {last}, the last release. That is unusual, but possible.");
        if (overview.Project.Settings.Package.Length == 0)
            return new VersionVerdict(true, false, overview.Tags.IsOk ? "Free: no tag has it. Preflight asks the registries." : "A valid version. What could not be asked is asked again in preflight.");
        var places = overview.Settings().UseTestIndex ? "both indexes" : "the index";
        return new VersionVerdict(true, false, overview.Tags.IsOk && overview.Production.IsOk
            ? $"Free: no tag has it, and the latest on {places} is another one."
            : "A valid version. What could not be asked is asked again in preflight.");
    }

    private static VersionVerdict Bad(string message) => new(false, false, message);
}

internal static class OverviewSettings
{
    internal static Core.Projects.ProjectSettings Settings(this ProjectOverview overview) => overview.Project.Settings;
}
