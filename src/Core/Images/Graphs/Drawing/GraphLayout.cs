namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>Places the build graph: what comes from outside at the left, one area below the other for each Dockerfile, images at the right.</summary>
public static class GraphLayout
{
    private const double NodeWidth = 190;
    private const double Gutter = 104;
    private const double BandPadding = 16;
    private const double BandCaption = 32;
    private const double BandSpace = 16;
    private const double Margin = 1;

    public static PlacedGraph Of(BuildGraph graph)
    {
        var columns = GraphRanks.Of(graph);
        var groups = graph.Nodes.Where(node => node.File is not null).Select(Group).Distinct().ToList();
        var network = new LaneNetwork(graph, columns, node => node.File is null ? -1 : groups.IndexOf(Group(node)));
        var tops = new List<(double Top, double Height)>();
        var next = Margin;
        for (var band = 0; band < groups.Count; band++)
        {
            var height = BandRows.Height(network.Lanes.Where(lane => lane.Band == band));
            tops.Add((next, height));
            next += BandCaption + height + BandPadding + BandSpace;
        }
        var outside = network.Lanes.Where(lane => lane.Band == -1).ToList();
        var total = Math.Max(next - BandSpace - Margin, BandRows.Height(outside));
        // Twice: the first time what comes from outside has no place yet that could draw the stages.
        for (var pass = 0; pass < 2; pass++)
        {
            for (var band = 0; band < groups.Count; band++)
                BandRows.Place([.. network.Lanes.Where(lane => lane.Band == band)], tops[band].Top + BandCaption, tops[band].Height);
            BandRows.Place(outside, Margin, total);
        }
        var last = columns.Values.DefaultIfEmpty(0).Max();
        return new PlacedGraph(
            Left(last) + NodeWidth + BandPadding + Margin,
            total + (2 * Margin),
            [.. groups.Select((_, band) => Band(graph, network, band, groups[band], tops[band]))],
            [.. graph.Nodes.Select(node => new PlacedNode(node, Left(columns[node.Id]), network[node.Id].Y - (LaneNetwork.NodeHeight / 2), NodeWidth, LaneNetwork.NodeHeight))],
            [.. graph.Edges.Select(edge => new PlacedEdge(edge, Points(edge, graph, network)))]);
    }

    private static PlacedBand Band(BuildGraph graph, LaneNetwork network, int band, string group, (double Top, double Height) place)
    {
        var columns = network.Lanes.Where(lane => lane.Band == band).Select(lane => lane.Column).ToList();
        var left = Left(columns.Min()) - BandPadding;
        return new PlacedBand(
            graph.Nodes.First(node => node.File is not null && Group(node) == group).File!,
            left,
            place.Top,
            Left(columns.Max()) + NodeWidth + BandPadding - left,
            BandCaption + place.Height + BandPadding);
    }

    private static List<PlacedPoint> Points(BuildEdge edge, BuildGraph graph, LaneNetwork network)
    {
        var route = network.RouteOf(edge);
        var points = new List<PlacedPoint> { new(Left(route[0].Column) + NodeWidth, route[0].Y + Port(edge, graph, network, atEnd: false)) };
        foreach (var gap in route.Skip(1).SkipLast(1))
        {
            points.Add(new PlacedPoint(Left(gap.Column), gap.Y));
            points.Add(new PlacedPoint(Left(gap.Column) + NodeWidth, gap.Y));
        }
        points.Add(new PlacedPoint(Left(route[^1].Column), route[^1].Y + Port(edge, graph, network, atEnd: true)));
        return points;
    }

    // Edges of one node begin and end beside each other, in the order of where they lead.
    private static double Port(BuildEdge edge, BuildGraph graph, LaneNetwork network, bool atEnd)
    {
        var together = graph.Edges.Where(own => atEnd ? own.To == edge.To : own.From == edge.From)
            .OrderBy(own => atEnd ? network.RouteOf(own)[^2].Y : network.RouteOf(own)[1].Y)
            .ToList();
        var step = Math.Min(10, (LaneNetwork.NodeHeight - 14) / Math.Max(1, together.Count - 1));
        return (together.IndexOf(edge) - ((together.Count - 1) / 2.0)) * step;
    }

    private static string Group(BuildNode node) => node.Id[..node.Id.LastIndexOf('.')];

    private static double Left(int column) => Margin + (column * (NodeWidth + Gutter));
}
