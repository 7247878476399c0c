using ReleaseDashboard.Web.Components.Log;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class AnsiParserTests
{
    private const string E = "\u001b";

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData($"{E}[31mred{E}[0m", "red")]
    [InlineData($"{E}]8;;https://evil.example{E}\\link{E}]8;;{E}\\", "link")]
    [InlineData($"{E}]8;;https://evil.example\u0007link{E}]8;;\u0007", "link")]
    [InlineData($"{E}]0;title never ends", "")]
    [InlineData($"{E}[2J{E}[1;1H{E}[?25lhome", "home")]
    [InlineData($"cut {E}", "cut ")]
    [InlineData($"cut {E}[", "cut ")]
    [InlineData($"cut {E}[38;5", "cut ")]
    [InlineData("\u009b31mred", "red")]
    [InlineData($"{E}Pdevice control{E}\\after", "after")]
    [InlineData($"{E}(Bcharset", "charset")]
    [InlineData("bell\u0007 back\u0008 null\0", "bell back null")]
    [InlineData("10%\r55%\r100%", "100%")]
    [InlineData("windows line\r", "windows line")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("rm \u202egnp.exe\u202c", "rm gnp.exe")]
    [InlineData($"{E}[99999999999999999999mx", "x")]
    [InlineData($"{E}[>4;1mx", "x")]
    public void Parse_AnyInput_LeavesOnlyText(string line, string expected) =>
        Text(new AnsiParser().Parse(line)).ShouldBe(expected);

    [Theory]
    [InlineData("31", "f1", null)]
    [InlineData("1;33", "f3 bold", null)]
    [InlineData("97;41", "f15 p1", null)]
    [InlineData("7;32", "inv p2", null)]
    [InlineData("38;5;9", "f9", null)]
    [InlineData("38;5;208", null, "color:#ff8700;")]
    [InlineData("48;2;1;2;3", null, "background:#010203")]
    [InlineData("38;2;300;0;0", null, null)]
    [InlineData("38;5;256", null, null)]
    [InlineData("38:5:9", "f9", null)]
    [InlineData("31;39", null, null)]
    public void Parse_Colour_GivesClassOrNumbersOnly(string codes, string? classes, string? css)
    {
        var style = new AnsiParser().Parse($"{E}[{codes}mx").ShouldHaveSingleItem().Style;
        style.Classes.ShouldBe(classes);
        style.Css.ShouldBe(css);
    }

    [Fact]
    public void Parse_ColourNotReset_LastsIntoTheNextLine()
    {
        var parser = new AnsiParser();
        parser.Parse($"{E}[32mone");
        parser.Parse("two")[0].Style.Classes.ShouldBe("f2");
        parser.Parse($"{E}[mthree")[0].Style.Classes.ShouldBeNull();
    }

    [Fact]
    public void Parse_EndlessLine_IsCutAndSaysSo()
    {
        var text = Text(new AnsiParser().Parse(new string('x', 1_000_000)));
        text.Length.ShouldBeLessThan(AnsiParser.MaxLineLength + 50);
        text.ShouldEndWith("(line cut)");
    }

    [Fact]
    public void Parse_RandomBytes_NeverLeavesAControlCharacter()
    {
        var random = new Random(20261120);
        const string alphabet = "\u001b[]();:?0123456789mHJPX\\\u0007\u009b\u009d\u0090\r\n\tab<&\ud83d\ude00\u202e";
        for (var round = 0; round < 5000; round++)
        {
            var line = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            Text(new AnsiParser().Parse(line)).ShouldAllBe(c => c == '\t' || !char.IsControl(c), line);
        }
    }

    private static string Text(IEnumerable<AnsiSpan> spans) => string.Concat(spans.Select(span => span.Text));
}
