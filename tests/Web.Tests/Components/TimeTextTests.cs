using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.Tests.Components;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 22, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-44, "just now")]
    [InlineData(-45, "1 min ago")]
    [InlineData(-14 * 60, "14 min ago")]
    [InlineData(-59 * 60 - 40, "1 h ago")]
    [InlineData(-5 * 3600, "5 h ago")]
    [InlineData(-24 * 3600, "yesterday")]
    [InlineData(-3 * 86400, "3 days ago")]
    [InlineData(-8 * 86400, "12 Nov")]
    [InlineData(-400 * 86400, "16 Oct 2025")]
    [InlineData(30, "in a moment")]
    [InlineData(180, "in 3 min")]
    [InlineData(24 * 3600, "tomorrow")]
    public void RelativeText_Distance_ReadsAsPeopleSayIt(int seconds, string expected) =>
        RelativeText.Of(Now.AddSeconds(seconds), Now).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0 s", "0 s")]
    [InlineData(0.4, "0.4 s", "0 s")]
    [InlineData(4, "4 s", "4 s")]
    [InlineData(102, "1 min 42 s", "1:42")]
    [InlineData(120, "2 min", "2:00")]
    [InlineData(7860, "2 h 11 min", "2 h 11")]
    [InlineData(3 * 86400 + 4 * 3600, "3 days 4 h", "76 h 00")]
    [InlineData(-5, "0 s", "0 s")]
    public void DurationText_Span_InFullAndInBrief(double seconds, string full, string brief)
    {
        DurationText.Full(TimeSpan.FromSeconds(seconds)).ShouldBe(full);
        DurationText.Brief(TimeSpan.FromSeconds(seconds)).ShouldBe(brief);
    }

    [Fact]
    public async Task RelativeTime_BrowserInParis_TellsTheExactTimeThere()
    {
        var html = await Rendered.Html<RelativeTime>(new() { ["At"] = Now.AddMinutes(-14) }, new FixedClock(Now), "Europe/Paris");
        html.ShouldContain("datetime=\"2026-11-20T14:08:05Z\"");
        html.ShouldContain("20 Nov 2026, 15:08:05 (UTC&#x2B;01:00)");
        html.ShouldContain(">14 min ago<");
    }

    [Fact]
    public void UseZone_UnknownName_LeavesUtc()
    {
        var clock = new BrowserTimeProvider(new FixedClock(Now));
        clock.UseZone("../../etc/passwd");
        clock.UseZone(null);
        clock.LocalTimeZone.ShouldBe(TimeZoneInfo.Utc);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
