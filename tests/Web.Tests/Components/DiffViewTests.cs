using ReleaseDashboard.Web.Components.Diff;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class DiffViewTests
{
    [Fact]
    public void Marks_OneWordChanged_MarksOnlyThat()
    {
        var old = new DiffLine(DiffLineKind.Removed, 1, null, "version = \"1.2.0b1\"");
        var now = new DiffLine(DiffLineKind.Added, null, 1, "version = \"1.2.0\"");
        var marks = IntraLine.Marks(new DiffHunk("@@", [old, now]));
        marks[old].ShouldBe(new MarkedText("version = \"1.2.0", "b1", "\""));
        marks[now].ShouldBe(new MarkedText("version = \"1.2.0", "", "\""));
    }

    [Theory]
    [InlineData("abc", "xyz")]
    [InlineData("", "new text")]
    public void Marks_NothingOrEverythingShared_TextStaysWhole(string before, string after)
    {
        var hunk = new DiffHunk("@@", [new(DiffLineKind.Removed, 1, null, before), new(DiffLineKind.Added, null, 1, after)]);
        foreach (var (line, mark) in IntraLine.Marks(hunk))
            (mark.Before + mark.Changed + mark.After).ShouldBe(line.Text);
    }

    [Fact]
    public void Marks_MoreAddedThanRemoved_MarksNothing()
    {
        var hunk = new DiffHunk("@@", [new(DiffLineKind.Removed, 1, null, "a b"), new(DiffLineKind.Added, null, 1, "a c"), new(DiffLineKind.Added, null, 2, "d")]);
        IntraLine.Marks(hunk).ShouldBeEmpty();
    }

    [Fact]
    public void Marks_SurrogatePairsDiffer_AreNotCutInHalf()
    {
        var old = new DiffLine(DiffLineKind.Removed, 1, null, "emoji \ud83d\ude00 end");
        var now = new DiffLine(DiffLineKind.Added, null, 1, "emoji \ud83d\ude01 end");
        IntraLine.Marks(new DiffHunk("@@", [old, now]))[old].Changed.ShouldBe("\ud83d\ude00");
    }

    [Fact]
    public async Task DiffView_MarkupInALine_StaysText()
    {
        var file = new DiffFile("a<b>.html", [new DiffHunk("@@ -0,0 +1 @@", [new(DiffLineKind.Added, null, 1, "<script>alert(1)</script>")])]);
        var html = await Rendered.Html<DiffView>(new() { ["File"] = file });
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        html.ShouldNotContain("<script");
        html.ShouldContain("aria-label=\"1 added\"");
    }
}
