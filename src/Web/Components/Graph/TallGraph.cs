using static ReleaseDashboard.Web.Components.Graph.GraphShape;

namespace ReleaseDashboard.Web.Components.Graph;

/// <summary>Draws from top (newest) to bottom for narrow screens; main at the left, dev beside it, labels at the right.</summary>
public static class TallGraph
{
    private const double MainX = 14;
    private const double DevX = 50;
    private const double LabelX = 80;
    private const double Top = 24;

    public static GraphDrawing Draw(BranchGraphModel model)
    {
        var placement = GraphPlacement.Of(model, new GraphSteps(Main: 44, Dev: 15, Bend: 42));
        var shapes = new List<GraphShape>();
        if (placement.Segments.Count == 0)
            return new GraphDrawing(340, 40, shapes);
        var length = model.PlannedTag is null ? placement.Segments[^1].End : placement.PlannedAt;
        double Y(double along) => Top + length - along;

        shapes.Add(new GraphLine("ln ghost", $"M{N(MainX)} {N(Y(0) + 30)}V{N(Y(0))}"));
        foreach (var (index, segment) in placement.Segments.Index())
            Segment(shapes, segment, index + 1 < placement.Segments.Count ? placement.Segments[index + 1].Shared.Along : null, Y);

        var open = placement.Segments[^1];
        if (model.PlannedTag is not null)
        {
            var from = open.MainOnly.Count > 0 ? open.MainOnly[^1].Along : open.Shared.Along;
            shapes.Insert(0, new GraphLine("ln ghost", $"M{N(MainX)} {N(Y(from))}V{N(Top)}" + (open.DevOnly.Count == 0 ? "" : Bend(DevX, Y(open.DevOnly[^1].Along), MainX, Top))));
            shapes.Add(new GraphDot("c next", MainX, Top, 6, $"{model.PlannedTag}, planned"));
            var label = new GraphLabel("tag ghost", LabelX, Top, "", model.PlannedTag);
            shapes.Add(label);
            shapes.Add(new GraphText("", LabelX + label.Width + 14, Top + 4.5, "planned"));
        }

        Heads(shapes, model, open, Y);
        return new GraphDrawing(340, Y(0) + 36, shapes);
    }

    private static void Segment(List<GraphShape> shapes, PlacedSegment segment, double? next, Func<double, double> y)
    {
        var from = y(segment.Shared.Along);
        if (segment.DevOnly.Count > 0)
        {
            var path = Bend(MainX, from, DevX, y(segment.DevOnly[0].Along)) + $"V{N(y(segment.DevOnly[^1].Along))}";
            if (next is { } joined)
                path += Bend(DevX, y(segment.DevOnly[^1].Along), MainX, y(joined));
            shapes.Add(new GraphLine("ln dv", path));
        }

        var mainEnd = next ?? (segment.MainOnly.Count > 0 ? segment.MainOnly[^1].Along : segment.Shared.Along);
        shapes.Add(new GraphLine("ln", $"M{N(MainX)} {N(from)}V{N(y(mainEnd))}"));
        foreach (var commit in segment.DevOnly)
            shapes.Add(new GraphDot("c dv", DevX, y(commit.Along), 4, $"{commit.Commit.Sha} {commit.Commit.Title}"));
        foreach (var commit in segment.MainOnly)
            shapes.Add(new GraphDot(next is null ? "c amber" : "c", MainX, y(commit.Along), 6, $"{commit.Commit.Sha} {commit.Commit.Title}"));
        shapes.Add(new GraphDot("c", MainX, from, 6, $"{segment.Shared.Commit.Sha} {segment.Shared.Commit.Title}"));
        if (segment.Shared.Commit.Tag is { } tag)
            shapes.Add(new GraphLabel("tag", LabelX, from, "", tag));
    }

    private static void Heads(List<GraphShape> shapes, BranchGraphModel model, PlacedSegment open, Func<double, double> y)
    {
        if (open.DevOnly.Count > 0)
        {
            var head = open.DevOnly[^1];
            var (top, bottom) = (y(head.Along), y(open.DevOnly[0].Along));
            var total = model.Segments[^1].DevOnly.Count;
            shapes.Add(new GraphDot("c dv", DevX, top, 6, $"{head.Commit.Sha} {head.Commit.Title}"));
            shapes.Add(new GraphLabel("ref dev", LabelX, top, model.DevName, head.Commit.Sha));
            // A short stretch has no room for a brace of its own beside the labels.
            if (bottom - top > 60)
                shapes.Add(new GraphText("", LabelX, ((top + bottom) / 2) + (open.MainOnly.Count > 0 ? -18 : 4.5), $"{total} commits not in {model.MainName}"));
        }

        else
        {
            // Nothing of its own: dev stands where the last release stands, right of its tag.
            var tag = open.Shared.Commit.Tag is { } name ? new GraphLabel("tag", LabelX, 0, "", name).Width + 16 : 0;
            shapes.Add(new GraphLabel("ref dev", LabelX + tag, y(open.Shared.Along), model.DevName, open.Shared.Commit.Sha));
        }

        if (open.MainOnly.Count == 0)
            return;
        var main = open.MainOnly[^1];
        var label = new GraphLabel("ref", LabelX, Math.Max(y(main.Along), open.DevOnly.Count > 0 ? y(open.DevOnly[^1].Along) + 30 : 0), model.MainName, main.Commit.Sha);
        shapes.Add(label);
        shapes.Add(new GraphText("amber", LabelX + label.Width + 10, label.Y + 4.5, $"not in {model.DevName}"));
    }

    private static string Bend(double x, double y, double toX, double toY)
    {
        var middle = (y + toY) / 2;
        return $"M{N(x)} {N(y)}C{N(x)} {N(middle)} {N(toX)} {N(middle)} {N(toX)} {N(toY)}";
    }
}
