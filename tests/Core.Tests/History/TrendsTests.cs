using ReleaseDashboard.Core.History;

namespace ReleaseDashboard.Core.Tests.History;

public sealed class TrendsTests
{
    [Fact]
    public void Of_Releases_FillsMonthsWithoutOne()
    {
        var trends = Of(Release(2026, 3, 10, 40), Release(2026, 5, 1, 20), Release(2026, 5, 20, 0, isPublished: false));
        trends.Months.Select(month => (month.Month.Month, month.Releases, month.Unpublished)).ShouldBe([(3, 1, 0), (4, 0, 0), (5, 2, 1)]);
        trends.Months[1].Lead.ShouldBeNull();
        trends.Lead.ShouldBe(TimeSpan.FromMinutes(30));
        trends.FailureRate.ShouldBe(1 / 3.0);
        trends.PerMonth.ShouldBe(1);
    }

    [Fact]
    public void Change_FasterLately_IsLess()
    {
        var change = Of(Release(2026, 1, 10, 60), Release(2026, 2, 10, 50), Release(2026, 9, 1, 20)).LeadChange;
        (change.Recent, change.Before).ShouldBe((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(55)));
    }

    [Fact]
    public void Of_Nothing_HasNoFigures()
    {
        var trends = Of();
        (trends.Lead, trends.FailureRate, trends.PerMonth).ShouldBe((null, null, null));
    }

    [Fact]
    public void Titles_MoreThanFive_RestIsOther()
    {
        var trends = Of(Release(2026, 1, 10, 70, stages: ["a", "b", "c", "d", "e", "f", "g"]));
        trends.StageTitles.ShouldBe(["a", "b", "c", "d", "Other"]);
        Trends.ByStage(trends.Releases[0], trends.StageTitles)[^1].ShouldBe(TimeSpan.FromMinutes(30));
    }

    // Where the reader is, it is the next month already.
    [Fact]
    public void Of_ReadersZone_SaysTheMonth() =>
        Trends.Of([Release(2026, 3, 31, 10, hour: 23)], false, at => at.ToOffset(TimeSpan.FromHours(2))).Months.ShouldHaveSingleItem().Month.ShouldBe(new DateOnly(2026, 4, 1));

    private static Trends Of(params FinishedRelease[] releases) => Trends.Of(releases.Reverse(), false, at => at);

    private static FinishedRelease Release(int year, int month, int day, int minutes, bool isPublished = true, int hour = 12, IReadOnlyList<string>? stages = null)
    {
        var end = new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero);
        var start = end.AddMinutes(-minutes);
        var titles = stages ?? ["Only"];
        return new FinishedRelease(
            Guid.CreateVersion7(end), Guid.Empty, "p", "1.0", isPublished, false, "wrapper", "mia", [], null, start, end, end - start, TimeSpan.Zero, TimeSpan.Zero, 0, 0, null, null,
            [.. titles.Select((title, at) => new StageTime(title, title, start + ((end - start) / titles.Count * at), start + ((end - start) / titles.Count * (at + 1)), TimeSpan.Zero))], []);
    }
}
