using ReleaseDashboard.Core.History;

namespace ReleaseDashboard.Core.Tests.History;

public sealed class SafeCsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    public void Field_AnyText_IsTextForSpreadsheets(string? value, string expected) => SafeCsv.Field(value).ShouldBe(expected);

    [Theory]
    [InlineData("1.2.0", "1", "1.2")]
    [InlineData("1.20.0", "1", "1.20")]
    [InlineData("1.2rc1", "1", "1.2")]
    [InlineData("2", "2", "2")]
    [InlineData("2026.11.3", "2026", "2026.11")]
    public void VersionKeys_AnyVersion_AreWholeParts(string version, string first, string second) => VersionKeys.Of(version).ShouldBe(new VersionKeys(first, second));
}
