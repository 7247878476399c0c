using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Releases.Steps;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class CheckLooksTests
{
    [Theory]
    [InlineData("2 of 2 passed", Tone.Done)]
    [InlineData("1 of 2 passed", Tone.Fail)]
    [InlineData("success", Tone.Done)]
    [InlineData("timed out", Tone.Fail)]
    [InlineData("in progress", Tone.Run)]
    [InlineData("neutral", Tone.Skip)]
    public void Of_WordOfARemote_HasItsColour(string word, Tone tone) => CheckLooks.Of(word).ShouldBe(tone);
}
