namespace ReleaseDashboard.Core.History;

/// <summary>One month of trends, also when nothing was released in it.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Lead">Median of what was published; null when nothing was.</param>
/// <param name="People">Median of waiting for people; null when nothing was published.</param>
/// <param name="Stages">Mean time by stage title of what was published, in the order of <see cref="Trends.StageTitles"/>.</param>
public sealed record TrendMonth(DateOnly Month, int Releases, int Unpublished, TimeSpan? Lead, TimeSpan? People, IReadOnlyList<TimeSpan> Stages);

/// <summary>A figure of the last three months and of the months before; null where there is none.</summary>
public sealed record TrendChange<T>(T? Recent, T? Before)
    where T : struct;

/// <summary>What the last releases have in common and how that changes.</summary>
/// <param name="Releases">Oldest first: what the figures are made of.</param>
/// <param name="IsCut">Whether there are more releases in the time than were read.</param>
/// <param name="Months">Without a gap, oldest first.</param>
/// <param name="StageTitles">At most five, in the order the releases go through them; what else there is counts as the last.</param>
/// <param name="Troubles">Failures by step, most first.</param>
public sealed record Trends(
    IReadOnlyList<FinishedRelease> Releases, bool IsCut, IReadOnlyList<TrendMonth> Months, IReadOnlyList<string> StageTitles, IReadOnlyList<StepTrouble> Troubles)
{
    /// <summary>More stages than this cannot be told apart by their shade.</summary>
    public const int MaximumStages = 5;

    private const int RecentDays = 90;

    public int Published => Releases.Count(release => release.IsPublished);

    public TimeSpan? Lead => Median.Of(Releases.Where(release => release.IsPublished).Select(release => release.Lead));

    public TimeSpan? People => Median.Of(Releases.Where(release => release.IsPublished).Select(release => release.People));

    /// <summary>Share of releases that were not published, 0 to 1; null of nothing.</summary>
    public double? FailureRate => Rate(Releases);

    /// <summary>Of the months that were looked at; null of nothing.</summary>
    public double? PerMonth => Months.Count == 0 ? null : (double)Releases.Count / Months.Count;

    public TrendChange<TimeSpan> LeadChange => Change(own => Median.Of(own.Where(release => release.IsPublished).Select(release => release.Lead)));

    public TrendChange<TimeSpan> PeopleChange => Change(own => Median.Of(own.Where(release => release.IsPublished).Select(release => release.People)));

    public TrendChange<double> FailureChange => Change(Rate);

    /// <param name="releases">In any order.</param>
    /// <param name="isCut">Whether there are more of them in the time.</param>
    /// <param name="local">Turns a time into the reader's zone, which says where a month begins.</param>
    public static Trends Of(IEnumerable<FinishedRelease> releases, bool isCut, Func<DateTimeOffset, DateTimeOffset> local)
    {
        var ordered = releases.OrderBy(release => release.FinishedAt).ThenBy(release => release.Id).ToList();
        var titles = Titles(ordered);
        var byMonth = ordered.ToLookup(release => MonthOf(local(release.FinishedAt)));
        var months = new List<TrendMonth>();
        if (ordered.Count > 0)
        {
            var last = MonthOf(local(ordered[^1].FinishedAt));
            for (var month = MonthOf(local(ordered[0].FinishedAt)); month <= last; month = month.AddMonths(1))
                months.Add(Month(month, [.. byMonth[month]], titles));
        }
        return new Trends(ordered, isCut, months, titles, Together(ordered));
    }

    /// <summary>Time by stage in the order of <paramref name="titles"/>; a stage that is not among them counts as the last.</summary>
    public static IReadOnlyList<TimeSpan> ByStage(FinishedRelease release, IReadOnlyList<string> titles)
    {
        var times = new TimeSpan[titles.Count];
        foreach (var stage in release.Stages)
        {
            var at = titles.Index().FirstOrDefault(title => title.Item == stage.Title, (Index: titles.Count - 1, Item: "")).Index;
            times[at] += stage.Took;
        }
        return times;
    }

    private TrendChange<T> Change<T>(Func<IReadOnlyList<FinishedRelease>, T?> figure)
        where T : struct
    {
        if (Releases.Count == 0)
            return new TrendChange<T>(null, null);
        var border = Releases[^1].FinishedAt.AddDays(-RecentDays);
        return new TrendChange<T>(figure([.. Releases.Where(release => release.FinishedAt > border)]), figure([.. Releases.Where(release => release.FinishedAt <= border)]));
    }

    private static double? Rate(IReadOnlyList<FinishedRelease> releases) =>
        releases.Count == 0 ? null : (double)releases.Count(release => !release.IsPublished) / releases.Count;

    private static TrendMonth Month(DateOnly month, IReadOnlyList<FinishedRelease> releases, IReadOnlyList<string> titles)
    {
        var published = releases.Where(release => release.IsPublished).ToList();
        var byStage = published.Select(release => ByStage(release, titles)).ToList();
        return new TrendMonth(
            month, releases.Count, releases.Count - published.Count, Median.Of(published.Select(release => release.Lead)), Median.Of(published.Select(release => release.People)),
            [.. titles.Select((_, at) => byStage.Count == 0 ? TimeSpan.Zero : byStage.Aggregate(TimeSpan.Zero, (sum, own) => sum + own[at]) / byStage.Count)]);
    }

    // By how often a title occurs, so that a renamed stage of long ago takes nobody's place; then in the order it is gone through.
    private static List<string> Titles(List<FinishedRelease> releases)
    {
        var all = releases.SelectMany(release => release.Stages.Select((stage, at) => (stage.Title, Place: at)))
            .GroupBy(stage => stage.Title).Select(own => (Title: own.Key, Count: own.Count(), Place: own.Average(stage => stage.Place))).ToList();
        var most = all.OrderByDescending(own => own.Count).Take(all.Count > MaximumStages ? MaximumStages - 1 : MaximumStages)
            .OrderBy(own => own.Place).Select(own => own.Title).ToList();
        return all.Count > MaximumStages ? [.. most, "Other"] : most;
    }

    private static List<StepTrouble> Together(List<FinishedRelease> releases) =>
        [.. releases.SelectMany(release => release.Troubles).GroupBy(trouble => trouble.Title)
            .Select(own => new StepTrouble(own.First().Step, own.Key, own.Sum(trouble => trouble.Failures), own.Sum(trouble => trouble.Retries)))
            .OrderByDescending(own => own.Failures).ThenBy(own => own.Title, StringComparer.Ordinal)];

    private static DateOnly MonthOf(DateTimeOffset at) => new(at.Year, at.Month, 1);
}
