namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>A commit of the drawing.</summary>
/// <param name="Sha">40 hex digits.</param>
/// <param name="Tag">The version tag on it, or null.</param>
public sealed record GraphNode(string Sha, string Subject, string? Tag);

/// <summary>From a commit that both branches hold to the next such: what each branch has of its own in between.</summary>
/// <param name="Shared">The commit where both agree.</param>
/// <param name="MainOnly">Oldest first; bounded, the newest are kept.</param>
/// <param name="DevOnly">Oldest first; bounded, the newest are kept.</param>
/// <param name="MainCount">How many there are in truth.</param>
/// <param name="DevCount">How many there are in truth.</param>
public sealed record GraphSpan(GraphNode Shared, IReadOnlyList<GraphNode> MainOnly, IReadOnlyList<GraphNode> DevOnly, int MainCount, int DevCount);

/// <summary>The two branches with their last releases, oldest first. The last span is what is not released yet.</summary>
/// <param name="Main">Name of the branch.</param>
/// <param name="Dev">Name of the branch.</param>
/// <param name="PlannedVersion">The version that would be released next, or null.</param>
public sealed record BranchGraph(string Main, string Dev, IReadOnlyList<GraphSpan> Spans, GraphNode MainHead, GraphNode DevHead, string? PlannedVersion);
