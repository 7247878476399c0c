namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>The build graph with a place for everything, in pixels from the upper left.</summary>
public sealed record PlacedGraph(double Width, double Height, IReadOnlyList<PlacedBand> Bands, IReadOnlyList<PlacedNode> Nodes, IReadOnlyList<PlacedEdge> Edges);

/// <summary>The area of one Dockerfile.</summary>
public sealed record PlacedBand(string File, double X, double Y, double Width, double Height);

public sealed record PlacedNode(BuildNode Node, double X, double Y, double Width, double Height);

/// <param name="Points">Where it begins, the points it runs through level, and where it ends.</param>
public sealed record PlacedEdge(BuildEdge Edge, IReadOnlyList<PlacedPoint> Points);

public sealed record PlacedPoint(double X, double Y);
