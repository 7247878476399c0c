using ReleaseDashboard.Web.Components.Feedback;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class TextWithLinksTests
{
    [Fact]
    public void Split_SentenceWithAddress_LinksItWithoutTheStop()
    {
        var parts = TextWithLinks.Split("See http://127.0.0.1:5091/example/checks. Then retry.");

        parts.ShouldBe([new TextPart("See ", null), new TextPart("http://127.0.0.1:5091/example/checks", "http://127.0.0.1:5091/example/checks"), new TextPart(". Then retry.", null)]);
    }

    [Theory]
    [InlineData("javascript:alert(1) and data:text/html,x")]
    [InlineData("no address at all")]
    [InlineData("http://")]
    public void Split_NothingToOpen_MakesNoLink(string text) => TextWithLinks.Split(text).ShouldAllBe(part => part.Url == null);

    [Fact]
    public void Split_AnyText_KeepsEveryCharacter() =>
        string.Concat(TextWithLinks.Split("a https://one.example/x(y), https://two.example!").Select(part => part.Text)).ShouldBe("a https://one.example/x(y), https://two.example!");
}
