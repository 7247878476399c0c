using ReleaseDashboard.Core.Exporting;

namespace ReleaseDashboard.Core.Tests.Exporting;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\u00a0=1", "'\u00a0=1")]
    [InlineData("+49", "'+49")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＠a", "'＠a")]
    [InlineData("a=b", "a=b")]
    [InlineData("a - b", "a - b")]
    [InlineData("\t=1", "\"'\t'=1\"")]
    [InlineData("\r=1", "\"'\r'=1\"")]
    [InlineData("two\n=lines", "\"two\n'=lines\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("x;=1+1", "\"x;'=1+1\"")]
    [InlineData("x; @a;-1", "\"x;' @a;'-1\"")]
    [InlineData("x\t+1", "\"x\t'+1\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"")]
    public void Of_Cell_IsQuotedAndNeverAFormula(string? cell, string written) => CsvLine.Of([cell, "end"]).ShouldBe($"{written},end\r\n");
}
