using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>Whether a release becomes the latest: asked for, final, and no higher version is the latest already.</summary>
/// <param name="Current">The release that GitHub shows as the latest now; null for none.</param>
/// <param name="Higher">The higher version that keeps its place; null when there is none.</param>
internal sealed record LatestGuard(bool Becomes, GitHubRelease? Current, PythonVersion? Higher)
{
    public static LatestGuard Of(StepContext context, GitHubRelease? current)
    {
        var facts = context.Facts;
        var higher = current is not null && current.TagName != context.Inputs.Required("tag") && VersionOf(facts.Project.Settings, current.TagName) is { } other && other > facts.Version
            ? other
            : null;
        return new LatestGuard(context.Inputs.Flag("latest") && facts.Version.IsFinal && higher is null, current, higher);
    }

    private static PythonVersion? VersionOf(ProjectSettings settings, string tag)
    {
        var around = settings.TagName.Split("{version}");
        var text = around is [var before, var after] && tag.StartsWith(before, StringComparison.Ordinal) && tag.EndsWith(after, StringComparison.Ordinal)
            && tag.Length > before.Length + after.Length
                ? tag[before.Length..^after.Length]
                : tag;
        return PythonVersion.TryParse(text, out var version, out _) ? version : null;
    }
}
