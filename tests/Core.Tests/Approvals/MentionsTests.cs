using ReleaseDashboard.Core.Approvals;

namespace ReleaseDashboard.Core.Tests.Approvals;

public sealed class MentionsTests
{
    [Theory]
    [InlineData("Is it right, @", "")]
    [InlineData("Is it right, @le", "le")]
    [InlineData("@nobody-here", "nobody-here")]
    [InlineData("Is it right, @lead ", null)]
    [InlineData("Is it right?", null)]
    [InlineData("write to a@example.org", null)]
    [InlineData("", null)]
    public void Begun_AtTheEndOfAText_IsTheNameBeingWritten(string text, string? name) => Mentions.Begun(text).ShouldBe(name);
}
