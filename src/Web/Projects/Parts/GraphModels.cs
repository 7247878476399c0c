using ReleaseDashboard.Infrastructure.Preparation.Overview;
using ReleaseDashboard.Web.Components.Graph;

namespace ReleaseDashboard.Web.Projects.Parts;

/// <summary>The branches as they were read, for the drawing.</summary>
public static class GraphModels
{
    private const int Short = 7;

    public static string Shorten(string sha) => sha.Length > Short ? sha[..Short] : sha;

    /// <param name="planned">The version chosen on the page; it takes the place of the suggested one.</param>
    public static BranchGraphModel Of(Infrastructure.Preparation.Overview.BranchGraph graph, string? planned) =>
        new(graph.Main, graph.Dev, [.. graph.Spans.Select(Segment)], planned ?? graph.PlannedVersion);

    private static GraphSegment Segment(GraphSpan span) =>
        new(Commit(span.Shared), [.. span.MainOnly.Select(Commit)], [.. span.DevOnly.Select(Commit)]);

    private static GraphCommit Commit(GraphNode node) => new(Shorten(node.Sha), node.Subject, node.Tag);
}
