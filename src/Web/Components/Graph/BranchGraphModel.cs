namespace ReleaseDashboard.Web.Components.Graph;

/// <param name="Sha">Shortened, as it is shown.</param>
/// <param name="Title">The first line of the message.</param>
/// <param name="Tag">The version tag on it; null without one.</param>
public sealed record GraphCommit(string Sha, string Title, string? Tag = null);

/// <summary>From a commit both branches hold to the next such: what each branch has of its own in between.</summary>
/// <param name="Shared">The commit where both agree: a release that dev was forwarded to.</param>
/// <param name="MainOnly">Oldest first.</param>
/// <param name="DevOnly">Oldest first.</param>
public sealed record GraphSegment(GraphCommit Shared, IReadOnlyList<GraphCommit> MainOnly, IReadOnlyList<GraphCommit> DevOnly);

/// <summary>The two branches of a project, oldest segment first. The last segment is what is not released yet.</summary>
/// <param name="PlannedTag">The version that would join them next; null when none is planned.</param>
public sealed record BranchGraphModel(string MainName, string DevName, IReadOnlyList<GraphSegment> Segments, string? PlannedTag)
{
    /// <summary>The same in words, for those who do not see the drawing.</summary>
    public string InWords
    {
        get
        {
            if (Segments.Count == 0)
                return "No commits yet.";
            var last = Segments[^1];
            var main = last.MainOnly.Count > 0 ? last.MainOnly[^1] : last.Shared;
            var dev = last.DevOnly.Count > 0 ? last.DevOnly[^1] : last.Shared;
            return $"{MainName} is at {main.Sha}. {DevName} is at {dev.Sha}, {last.DevOnly.Count} ahead of {MainName} and {last.MainOnly.Count} behind."
                + (last.Shared.Tag is null ? "" : $" The last tag is {last.Shared.Tag}.")
                + (PlannedTag is null ? "" : $" {PlannedTag} is planned on {MainName}.");
        }
    }
}
