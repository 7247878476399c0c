using static ReleaseDashboard.Web.Components.Graph.GraphShape;

namespace ReleaseDashboard.Web.Components.Graph;

/// <summary>Draws from left (oldest) to right; main above, dev below, labels over and under them.</summary>
public static class WideGraph
{
    private const double Left = 104;
    private const double MainY = 84;
    private const double DevY = 156;

    public static GraphDrawing Draw(BranchGraphModel model)
    {
        var placement = GraphPlacement.Of(model, new GraphSteps(Main: 84, Dev: 20, Bend: 52));
        var shapes = new List<GraphShape>
        {
            new GraphText("m b", 0, MainY + 4.5, model.MainName), new GraphText("m b dev", 0, DevY + 4.5, model.DevName),
            new GraphLine("ln ghost", $"M{N(Left - 48)} {N(MainY)}H{N(Left)}"),
        };
        foreach (var (index, segment) in placement.Segments.Index())
            Segment(shapes, segment, index + 1 < placement.Segments.Count ? placement.Segments[index + 1].Shared.Along : null);
        if (placement.Segments.Count == 0)
            return new GraphDrawing(400, 208, shapes);

        var open = placement.Segments[^1];
        var mainHead = open.MainOnly.Count > 0 ? open.MainOnly[^1] : open.Shared;
        var devHead = open.DevOnly.Count > 0 ? open.DevOnly[^1] : null;
        var end = Left + placement.PlannedAt;
        if (model.PlannedTag is not null)
        {
            shapes.Insert(0, new GraphLine("ln ghost", $"M{N(Left + mainHead.Along)} {N(MainY)}H{N(end)}" + (devHead is null ? "" : Bend(Left + devHead.Along, DevY, end, MainY))));
            shapes.Add(new GraphDot("c next", end, MainY, 6, $"{model.PlannedTag}, planned"));
            Tag(shapes, "tag ghost", end, model.PlannedTag, " ghost");
            shapes.Add(new GraphText("", end + 16, MainY + 4.5, "planned"));
        }

        Heads(shapes, model, open, mainHead, devHead);
        return new GraphDrawing(Math.Max(end + 76, Left + open.End + 160), 208, shapes);
    }

    private static void Segment(List<GraphShape> shapes, PlacedSegment segment, double? nextAlong)
    {
        var x = Left + segment.Shared.Along;
        if (segment.DevOnly.Count > 0)
        {
            var path = Bend(x, MainY, Left + segment.DevOnly[0].Along, DevY) + $"H{N(Left + segment.DevOnly[^1].Along)}";
            if (nextAlong is { } joined)
                path += Bend(Left + segment.DevOnly[^1].Along, DevY, Left + joined, MainY);
            shapes.Add(new GraphLine("ln dv", path));
        }

        var mainEnd = nextAlong ?? (segment.MainOnly.Count > 0 ? segment.MainOnly[^1].Along : segment.Shared.Along);
        shapes.Add(new GraphLine("ln", $"M{N(x)} {N(MainY)}H{N(Left + mainEnd)}"));
        foreach (var commit in segment.DevOnly)
            shapes.Add(new GraphDot("c dv", Left + commit.Along, DevY, 4, $"{commit.Commit.Sha} {commit.Commit.Title}"));
        foreach (var commit in segment.MainOnly)
            shapes.Add(new GraphDot(nextAlong is null ? "c amber" : "c", Left + commit.Along, MainY, 6, $"{commit.Commit.Sha} {commit.Commit.Title}"));
        shapes.Add(new GraphDot("c", x, MainY, 6, $"{segment.Shared.Commit.Sha} {segment.Shared.Commit.Title}"));
        if (segment.Shared.Commit.Tag is { } tag)
            Tag(shapes, "tag", x, tag, "");
    }

    private static void Heads(List<GraphShape> shapes, BranchGraphModel model, PlacedSegment open, PlacedCommit mainHead, PlacedCommit? devHead)
    {
        var mainX = Left + mainHead.Along;
        if (open.MainOnly.Count > 0)
        {
            shapes.Add(new GraphLine("pin", $"M{N(mainX)} {N(MainY - 10)}V40"));
            shapes.Add(new GraphLabel("ref", mainX - 12, 28, model.MainName, mainHead.Commit.Sha));
            shapes.Add(new GraphText("amber", mainX, MainY + 26, $"not in {model.DevName}", "middle"));
        }

        if (devHead is null)
        {
            // Nothing of its own: dev stands where the last release stands.
            var levelX = Left + open.Shared.Along;
            shapes.Add(new GraphLine("pin", $"M{N(levelX)} {N(MainY + 10)}V144"));
            shapes.Add(new GraphLabel("ref dev", levelX - 12, DevY, model.DevName, open.Shared.Commit.Sha));
            return;
        }

        var devX = Left + devHead.Along;
        var first = Left + open.DevOnly[0].Along;
        var total = model.Segments[^1].DevOnly.Count;
        shapes.Add(new GraphDot("c dv", devX, DevY, 6, $"{devHead.Commit.Sha} {devHead.Commit.Title}"));
        shapes.Add(new GraphLine("pin", $"M{N(devX)} {N(DevY + 10)}V178"));
        shapes.Add(new GraphLabel("ref dev", devX - 12, 190, model.DevName, devHead.Commit.Sha));
        shapes.Add(new GraphLine("brace", $"M{N(first - 6)} 146v-6H{N(devX + 6)}v6"));
        shapes.Add(new GraphText("", (first + devX) / 2, 131, (total == 1 ? "1 commit" : $"{total} commits") + (devX - first > 160 ? $" not in {model.MainName}" : ""), "middle"));
    }

    private static void Tag(List<GraphShape> shapes, string look, double x, string tag, string pin)
    {
        shapes.Add(new GraphLine("pin" + pin, $"M{N(x)} {N(MainY - 10)}V40"));
        shapes.Add(new GraphLabel(look, x - 14, 28, "", tag));
    }

    private static string Bend(double x, double y, double toX, double toY)
    {
        var middle = (x + toX) / 2;
        return $"M{N(x)} {N(y)}C{N(middle)} {N(y)} {N(middle)} {N(toY)} {N(toX)} {N(toY)}";
    }
}
