using ReleaseDashboard.Web.Components.Commands;
using ReleaseDashboard.Web.Components.People;
using ReleaseDashboard.Web.Components.Text;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class TextTests
{
    [Theory]
    [InlineData("9f2c1e77b0a452d1", null, "9f2c 1e77 b0a4 52d1")]
    [InlineData("9f2c1e77b0a452d16e0bd913", 2, "9f2c 1e77 … 6e0b d913")]
    [InlineData("9f2c1e77b0a4", 1, "9f2c 1e77 b0a4")]
    [InlineData("", 2, "")]
    public void HashGroups_Of_GroupsByFour(string hash, int? keep, string expected) => HashGroups.Of(hash, keep).ShouldBe(expected);

    [Theory]
    [InlineData("reviewer", "RE")]
    [InlineData("Ada Lovelace", "AL")]
    [InlineData("first.middle.last", "FL")]
    [InlineData("\ud83d\ude00 smile", "\ud83d\ude00S")]
    [InlineData("", "?")]
    public void Initials_Of_TwoLetters(string name, string expected) => Initials.Of(name).ShouldBe(expected);

    [Theory]
    [InlineData("[x](javascript:alert(1))", "<p>x</p>")]
    [InlineData("[x](data:text/html,y)", "<p>x</p>")]
    [InlineData("[x](//evil.example)", "<p>x</p>")]
    [InlineData("[x][r]\n\n[r]: vbscript:y", "<p>x</p>")]
    [InlineData("<javascript:alert(1)>", "<p>javascript:alert(1)</p>")]
    [InlineData("<b onclick=x>y</b>", "<p>&lt;b onclick=x&gt;y&lt;/b&gt;</p>")]
    [InlineData("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>")]
    public void Markdown_Hostile_BecomesText(string markdown, string expected) => MarkdownRenderer.ToHtml(markdown).Trim().ShouldBe(expected);

    [Fact]
    public void Markdown_Image_BecomesALink()
    {
        var html = MarkdownRenderer.ToHtml("![logo](https://tracker.example/x.png) and <mailto:a@b.example>");
        html.ShouldNotContain("<img");
        html.ShouldContain("<a href=\"https://tracker.example/x.png\" rel=\"noopener noreferrer nofollow\">logo</a>");
        html.ShouldContain("mailto:a@b.example");
    }

    [Fact]
    public async Task CommandList_SecretToken_NeverReachesThePage()
    {
        var command = new CommandView("act", CommandKind.Shell, [new("twine upload --password "), new("hunter2", CommandTokenKind.Secret)]);
        var html = await Rendered.Html<CommandList>(new() { ["Commands"] = new[] { command } });
        html.ShouldContain("class=\"mask\"");
        html.ShouldNotContain("hunter2");
    }
}
