using ReleaseDashboard.Web.Components.Graph;
using ReleaseDashboard.Web.Gallery;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class BranchGraphTests
{
    [Fact]
    public void Placement_Segments_NeverOverlapAndKeepOrder()
    {
        var placement = GraphPlacement.Of(GallerySamples.Graph, new GraphSteps(84, 20, 52));
        var along = placement.Segments.Select(segment => segment.Shared.Along).Append(placement.PlannedAt).ToList();
        along.ShouldBe(along.Order());
        along.Distinct().Count().ShouldBe(along.Count);
        foreach (var segment in placement.Segments)
            segment.DevOnly.Concat(segment.MainOnly).ShouldAllBe(commit => commit.Along > segment.Shared.Along && commit.Along <= segment.End);
    }

    [Fact]
    public void Placement_HundredsOfCommits_DrawsTheNewestAndSaysTheCount()
    {
        var model = new BranchGraphModel("main", "dev",
            [new(new("a", "t", "1.0"), [], [.. Enumerable.Range(0, 400).Select(i => new GraphCommit($"c{i}", "t"))])], null);
        var open = GraphPlacement.Of(model, new GraphSteps(84, 20, 52)).Segments[0];
        open.DevOnly.Count.ShouldBe(GraphPlacement.MaxOpen);
        open.DevOnly[^1].Commit.Sha.ShouldBe("c399");
        WideGraph.Draw(model).Shapes.OfType<GraphText>().ShouldContain(text => text.Text == "400 commits not in main");
    }

    [Fact]
    public void Draw_EveryDot_IsInsideTheDrawing()
    {
        foreach (var model in new[] { GallerySamples.Graph, GallerySamples.LevelGraph, new BranchGraphModel("main", "dev", [], "1.0.0") })
            foreach (var drawing in new[] { WideGraph.Draw(model), TallGraph.Draw(model) })
                drawing.Shapes.OfType<GraphDot>().ShouldAllBe(dot => dot.X > 0 && dot.X < drawing.Width && dot.Y > 0 && dot.Y < drawing.Height);
    }

    [Fact]
    public async Task BranchGraph_HostileTag_StaysText()
    {
        var model = new BranchGraphModel("main", "dev", [new(new("a1", "t", "<script>x</script>"), [], [])], "\"><b>");
        var html = await Rendered.Html<BranchGraph>(new() { ["Model"] = model });
        html.ShouldNotContain("<script>");
        html.ShouldNotContain("<b>");
        html.ShouldContain("&lt;script&gt;");
    }
}
