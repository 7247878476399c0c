using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Preparation.Mirrors;

/// <summary>A tag that names a version, as it is in the mirror.</summary>
internal sealed record MirrorTag(string Name, PythonVersion Version, CommitSha Commit, DateTimeOffset Date, bool IsAnnotated);

/// <summary>Reads version tags out of a mirror.</summary>
internal static class MirrorHistory
{
    // Fields are parted by a blank: none of them holds one.
    private const string Format = "--format=%(refname) %(objectname) %(*objectname) %(objecttype) %(creatordate:unix)";

    /// <summary>Tags that fit the project's tag name, the highest version first.</summary>
    /// <param name="reachableFrom">Only tags that one of these commits holds; all when empty.</param>
    public static async Task<Result<IReadOnlyList<MirrorTag>, StepError>> TagsAsync(
        this ProjectMirror mirror, ProjectSettings settings, IReadOnlyList<CommitSha> reachableFrom, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, MirrorTag>(StringComparer.Ordinal);
        List<string[]> filters = reachableFrom.Count == 0 ? [[]] : [.. reachableFrom.Select(commit => new[] { $"--merged={commit}" })];
        foreach (var filter in filters)
        {
            var listed = await mirror.Repository.RunAsync(new GitCommand(["for-each-ref", Format, .. filter, "--", "refs/tags"]) { Quiet = true }, cancellationToken);
            if (!listed.IsOk)
                return RemoteErrors.Of(listed.Error, cancellationToken);
            foreach (var line in listed.Value.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Read(line, settings) is { } tag)
                    found[tag.Name] = tag;
            }
        }
        return Result<IReadOnlyList<MirrorTag>, StepError>.Ok([.. found.Values.OrderByDescending(tag => tag.Version)]);
    }

    private static MirrorTag? Read(string line, ProjectSettings settings)
    {
        if (line.Split(' ') is not [var reference, var sha, var peeled, var type, var date])
            return null;
        // A tag of a tree or a file names no release.
        if (type is not ("commit" or "tag") || !CommitSha.TryParse(peeled.Length > 0 ? peeled : sha, out var commit) || !long.TryParse(date, out var seconds))
            return null;
        var name = reference["refs/tags/".Length..];
        return VersionOf(name, settings) is { } version
            ? new MirrorTag(name, version, commit, DateTimeOffset.FromUnixTimeSeconds(seconds), type == "tag")
            : null;
    }

    /// <summary>The version in a tag's name, or null when the name is not of the project's form.</summary>
    public static PythonVersion? VersionOf(string tag, ProjectSettings settings)
    {
        const string place = "{version}";
        var at = settings.TagName.IndexOf(place, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var (before, after) = (settings.TagName[..at], settings.TagName[(at + place.Length)..]);
        return tag.Length > before.Length + after.Length && tag.StartsWith(before, StringComparison.Ordinal) && tag.EndsWith(after, StringComparison.Ordinal)
            && PythonVersion.TryParse(tag[before.Length..^after.Length], out var version, out _)
            ? version
            : null;
    }
}
