using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.TestSupport.History;

namespace ReleaseDashboard.Bench;

/// <summary>Pages of history over 100,000 releases, by every filter and at three depths, on both databases; beside a look-up by primary key and paging by offset.</summary>
internal static class HistoryPages
{
    private const int Releases = 100_000;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Actor Lead = Actor.Person("lead", Roles.Viewer);

    private static readonly (string Name, HistoryFilter Filter)[] Filters =
    [
        ("all", new()), ("project", new() { Project = "project-3" }), ("rare project", new() { Project = "rare" }), ("person", new() { Person = "person-5" }), ("rare person", new() { Person = "once" }),
        ("outcome", new() { IsPublished = false }), ("kind", new() { IsRehearsal = true }), ("playbook", new() { Playbook = "python-docker" }),
        ("time", new() { From = HistorySeed.End.AddYears(-20), To = HistorySeed.End.AddYears(-10) }),
        ("four", new() { Project = "project-3", Person = "person-5", IsPublished = false, IsRehearsal = true }), ("rare and rare", new() { Project = "rare", Person = "once" }),
        ("person, playbook", new() { Person = "person-5", Playbook = "python-docker" }), ("project, person, playbook", new() { Project = "project-3", Person = "person-5", Playbook = "python-docker" }),
        ("search project", new() { Search = "project-1" }), ("search many", new() { Search = "project" }), ("search person", new() { Search = "once" }), ("search version", new() { Search = "2.17" }),
        ("search wide", new() { Search = "1" }), ("search words", new() { Search = "rare 1" }), ("search nothing", new() { Search = "no-such-thing" }),
    ];

    public static Task<IReadOnlyList<Row>> RunAsync(int runs) => BothDatabases.RunAsync((database, ledger) => RunAsync(database, ledger, runs));

    private static async Task<IReadOnlyList<Row>> RunAsync(string database, LedgerStore ledger, int runs)
    {
        await HistorySeed.AddAsync(
            ledger, Releases, [.. Enumerable.Range(0, 40).Select(at => $"project-{at}"), "images", "rare"], [.. Enumerable.Range(0, 60).Select(at => $"person-{at}"), "once"], pause: TimeSpan.FromHours(2));
        await using var db = ledger.Read();
        await db.Database.ExecuteSqlAsync($"ANALYZE", None);
        var history = new HistoryReader(ledger, new HistoryChoices(ledger, TimeProvider.System));
        var ids = await db.ReleaseFacts.OrderByDescending(facts => facts.FinishedAt).Select(facts => facts.ReleaseId).ToListAsync(None);
        var all = new List<double>();
        var worst = ("", 0.0);
        // Once each before anything is counted: the first pages of a process are compiled while they are read.
        foreach (var (_, filter) in Filters)
            await Repeated.TimeAsync(() => history.ListAsync(Lead, filter, None), Repeated.WarmUp);
        foreach (var (name, filter) in Filters)
        {
            var own = new List<double>();
            foreach (var depth in new Guid?[] { null, ids[Releases / 2], ids[^2000] })
            {
                foreach (var cursor in new[] { filter with { Before = depth }, filter with { After = depth } })
                    own.AddRange(await Repeated.TimeAsync(() => history.ListAsync(Lead, cursor, None), runs));
            }
            all.AddRange(own);
            var late = Repeated.Say(database, name, own);
            if (late > worst.Item2)
                worst = (name, late);
        }
        var pages = new Measure(all);
        var key = new Measure(await Repeated.TimeAsync(() => db.ReleaseFacts.AsNoTracking().FirstAsync(facts => facts.ReleaseId == ids[Releases / 3], None), runs));
        var offset = new Measure(await Repeated.TimeAsync(() => db.ReleaseFacts.AsNoTracking().OrderByDescending(facts => facts.FinishedAt).Skip(Releases - 2000).Take(50).ToListAsync(None), Math.Min(runs, 10)));
        var choices = new Measure(await Repeated.TimeAsync(() => new HistoryChoices(ledger, TimeProvider.System).PeopleAsync(None), runs));
        var trends = new Measure(await Repeated.TimeAsync(() => new HistoryTrends(history, TimeProvider.System).ReadAsync(Lead, new HistoryFilter { From = HistorySeed.End.AddYears(-1) }, TimeZoneInfo.Utc, None), Math.Min(runs, 20)));
        return
        [
            new Row($"history page, {Releases:N0} releases, {database}, p50 / p99", $"{Measure.Ms(pages.Median)} / {Measure.Ms(pages.Percentile(0.99))}", $"{Measure.Ms(key.Median)} by primary key", Measure.Times(pages.Median / key.Median), "p99 10 ms", pages.Percentile(0.99) <= 10),
            new Row($"its slowest filter: {worst.Item1}", $"p99 {Measure.Ms(worst.Item2)}", $"{Measure.Ms(offset.Median)} by offset", Measure.Times(worst.Item2 / offset.Median), "p99 10 ms", worst.Item2 <= 10),
            Row.Note($"choices of people, {database}, p50 / p99", $"{Measure.Ms(choices.Median)} / {Measure.Ms(choices.Percentile(0.99))}"),
            Row.Note($"trends not kept, {database}, p50 / p99", $"{Measure.Ms(trends.Median)} / {Measure.Ms(trends.Percentile(0.99))}"),
        ];
    }
}
