using System.Globalization;
using System.Text;
using ReleaseDashboard.Core.Images.Dockerfiles;

namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>Writes a placed graph as SVG: the inside for a page that has its own colours, or a document that stands alone.</summary>
public static class SvgDrawing
{
    private const int LongestTitle = 24;
    private const int LongestLabel = 16;

    /// <summary>The elements without the surrounding <c>svg</c>. All text is escaped.</summary>
    public static string Inside(PlacedGraph graph)
    {
        var svg = new StringBuilder();
        svg.Append("<defs><marker id=\"build-tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip\" d=\"M0 0l8 4-8 4z\"/></marker></defs>\n");
        foreach (var band in graph.Bands)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"band\" x=\"{N(band.X)}\" y=\"{N(band.Y)}\" width=\"{N(band.Width)}\" height=\"{N(band.Height)}\" rx=\"8\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"file\" x=\"{N(band.X + 16)}\" y=\"{N(band.Y + 21)}\">{XmlText.Escaped(band.File)}</text>\n");
        }
        foreach (var edge in graph.Edges)
            Edge(svg, edge);
        foreach (var node in graph.Nodes)
            Node(svg, node);
        foreach (var edge in graph.Edges)
            Label(svg, edge, graph);
        return svg.ToString();
    }

    private static void Edge(StringBuilder svg, PlacedEdge placed)
    {
        var points = placed.Points;
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{N(points[0].X)} {N(points[0].Y)}");
        for (var i = 1; i < points.Count; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            // Odd points end a curve through a gutter; even ones end the level run through a column.
            if (i % 2 == 0)
                path.Append(CultureInfo.InvariantCulture, $"H{N(to.X)}");
            else
                path.Append(CultureInfo.InvariantCulture, $"C{N((from.X + to.X) / 2)} {N(from.Y)} {N((from.X + to.X) / 2)} {N(to.Y)} {N(to.X)} {N(to.Y)}");
        }
        var kind = placed.Edge.Kind == RelationKind.From ? "from" : "copy";
        svg.Append("<path class=\"").Append(kind).Append(placed.Edge.IsUsed ? "" : " unused").Append("\" d=\"").Append(path)
            .Append("\" marker-end=\"url(#build-tip)\"><title>").Append(XmlText.Escaped(EdgeWords.Of(placed.Edge))).Append("</title></path>\n");
    }

    // Only what goes from stage to stage: what comes from the context or begins from a base image says so by its place and its line.
    private static void Label(StringBuilder svg, PlacedEdge placed, PlacedGraph graph)
    {
        var from = graph.Nodes.First(own => own.Node.Id == placed.Edge.From).Node;
        if (placed.Edge.Kind == RelationKind.From || from.Kind is BuildNodeKind.Context || EdgeWords.Brief(placed.Edge, LongestLabel) is not { } text)
            return;
        var (one, other) = (placed.Points[^2], placed.Points[^1]);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"lab\" x=\"{N((one.X + other.X) / 2)}\" y=\"{N(((one.Y + other.Y) / 2) - 4)}\" text-anchor=\"middle\">{XmlText.Escaped(text)}</text>\n");
    }

    private static void Node(StringBuilder svg, PlacedNode placed)
    {
        var node = placed.Node;
        var kind = node.Kind.ToString().ToLowerInvariant();
        svg.Append("<g class=\"node ").Append(kind).Append(node.IsUsed ? "" : " unused").Append("\"><title>").Append(XmlText.Escaped(node.Title)).Append("</title>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(placed.X)}\" y=\"{N(placed.Y)}\" width=\"{N(placed.Width)}\" height=\"{N(placed.Height)}\" rx=\"8\"/>");
        if (node.Kind == BuildNodeKind.Image)
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"ring\" x=\"{N(placed.X - 3.5)}\" y=\"{N(placed.Y - 3.5)}\" width=\"{N(placed.Width + 7)}\" height=\"{N(placed.Height + 7)}\" rx=\"11\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"mark\" transform=\"translate({N(placed.X + 12)} {N(placed.Y + 16)})\" d=\"{NodeMark.Of(node.Kind)}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{(node.Kind is BuildNodeKind.Base or BuildNodeKind.Address ? "m" : "t")}\" x=\"{N(placed.X + 38)}\" y=\"{N(placed.Y + 21)}\">{XmlText.Escaped(XmlText.Cut(NodeMark.Title(node), node.Kind is BuildNodeKind.Base or BuildNodeKind.Address ? LongestTitle - 4 : LongestTitle))}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(placed.X + 38)}\" y=\"{N(placed.Y + 37)}\">{XmlText.Escaped(NodeMark.Words(node))}</text></g>\n");
    }

    private static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
