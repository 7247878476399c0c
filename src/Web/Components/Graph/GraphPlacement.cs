namespace ReleaseDashboard.Web.Components.Graph;

/// <param name="Along">Distance from the oldest, along the branches.</param>
public sealed record PlacedCommit(double Along, GraphCommit Commit);

public sealed record PlacedSegment(PlacedCommit Shared, IReadOnlyList<PlacedCommit> MainOnly, IReadOnlyList<PlacedCommit> DevOnly, double End);

/// <summary>Where each commit stands along the branches; the same for the wide drawing and the tall one.</summary>
public sealed record GraphPlacement(IReadOnlyList<PlacedSegment> Segments, double PlannedAt)
{
    /// <summary>Released stretches show so many dev commits at most: their number no longer matters.</summary>
    public const int MaxReleased = 3;

    /// <summary>The stretch under way shows so many.</summary>
    public const int MaxOpen = 14;

    public static GraphPlacement Of(BranchGraphModel model, GraphSteps steps)
    {
        var placed = new List<PlacedSegment>();
        var at = 0.0;
        foreach (var (index, segment) in model.Segments.Index())
        {
            var isOpen = index == model.Segments.Count - 1;
            var dev = Line(Newest(segment.DevOnly, isOpen ? MaxOpen : MaxReleased), at + steps.Bend, steps.Dev);
            var main = Line(Newest(segment.MainOnly, MaxReleased), at + steps.Main, steps.Main);
            var end = Math.Max(dev.Count > 0 ? dev[^1].Along : at, main.Count > 0 ? main[^1].Along : at);
            placed.Add(new PlacedSegment(new PlacedCommit(at, segment.Shared), main, dev, end));
            at = end + steps.Bend;
        }

        return new GraphPlacement(placed, at);
    }

    private static IReadOnlyList<GraphCommit> Newest(IReadOnlyList<GraphCommit> commits, int limit) => [.. commits.TakeLast(limit)];

    private static List<PlacedCommit> Line(IReadOnlyList<GraphCommit> commits, double from, double step) =>
        [.. commits.Select((commit, index) => new PlacedCommit(from + (index * step), commit))];
}

/// <param name="Main">Room between commits of main, in drawing units.</param>
/// <param name="Dev">Room between commits of dev.</param>
/// <param name="Bend">Room for the curve from one lane to the other.</param>
public sealed record GraphSteps(double Main, double Dev, double Bend);
