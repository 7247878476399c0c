using ReleaseDashboard.Web.Components.Log;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class LogBufferTests
{
    [Fact]
    public void Append_Batches_NumbersOnFromTheLast()
    {
        var log = new LogBuffer();
        var told = 0;
        log.Appended += () => told++;
        log.Append(["a", "b"]);
        log.Append(["c"]);
        log.Slice(1, 10).Select(line => (line.Number, line.Text)).ShouldBe([(2, "b"), (3, "c")]);
        told.ShouldBe(2);
    }

    [Fact]
    public void Find_AcrossColours_FindsTheLine()
    {
        var log = new LogBuffer();
        log.Append(["nothing", "Hel\u001b[31mlo wor\u001b[0mld", "HELLO WORLD"]);
        log.Find("hello world", 10).ShouldBe([2, 3]);
        log.Find("hello world", 1).ShouldBe([2]);
        log.Find("", 10).ShouldBeEmpty();
    }

    [Fact]
    public void Pieces_MatchAcrossColours_MarksEveryPartAndKeepsTheText()
    {
        var log = new LogBuffer();
        log.Append(["Hel\u001b[31mlo wor\u001b[0mld hello"]);
        var pieces = LogRow.Pieces(log.Slice(0, 1)[0], "hello").ToList();
        string.Concat(pieces.Select(piece => piece.Text)).ShouldBe("Hello world hello");
        pieces.Where(piece => piece.Marked).Select(piece => piece.Text).ShouldBe(["Hel", "lo", "hello"]);
    }
}
