using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.TestSupport.History;

namespace ReleaseDashboard.Bench;

/// <summary>
/// Pages of the list of releases over 100,000 of them, 24 of which are under way, by filters and searches and at three depths, on
/// both databases; beside a look-up by primary key. Each page is read whole: rows, stages, people, failures.
/// </summary>
internal static class ReleasePages
{
    private const int Releases = 100_000;

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly (string Name, ReleaseFilter Filter)[] Filters =
    [
        ("all", new()), ("under way", new() { Active = true }), ("over", new() { Active = false }), ("project", new() { Project = "project-3" }), ("rare project", new() { Project = "rare" }),
        ("status", new() { Status = Core.Releases.ReleaseStatus.Aborted }), ("kind", new() { IsRehearsal = true }), ("person", new() { StartedBy = "person-5" }), ("rare person", new() { StartedBy = "once" }),
        ("four", new() { Project = "project-3", StartedBy = "person-5", Active = false, IsRehearsal = true }),
        ("search project", new() { Search = "project-1" }), ("search person", new() { Search = "once" }), ("search version", new() { Search = "2.17" }), ("search wide", new() { Search = "1" }),
        ("search words", new() { Search = "rare 1" }), ("search nothing", new() { Search = "no-such-thing" }),
    ];

    public static Task<IReadOnlyList<Row>> RunAsync(int runs) => BothDatabases.RunAsync((database, ledger) => RunAsync(database, ledger, runs));

    private static async Task<IReadOnlyList<Row>> RunAsync(string database, LedgerStore ledger, int runs)
    {
        string[] people = [.. Enumerable.Range(0, 60).Select(at => $"person-{at}"), "once"];
        await HistorySeed.AddAsync(
            ledger, Releases - 24, [.. Enumerable.Range(0, 40).Select(at => $"project-{at}"), "images", "rare"], people, pause: TimeSpan.FromHours(2), longest: TimeSpan.FromDays(20));
        await RunSeed.StartAsync(ledger, 24, people, HistorySeed.End);
        var step = new TrueStep();
        await RunSeed.AddAsync(ledger, step.Description.Kind);
        await using var db = ledger.Read();
        await db.Database.ExecuteSqlAsync($"ANALYZE", None);
        var ids = await db.Releases.OrderByDescending(release => release.Id).Select(release => release.Id).ToListAsync(None);
        var deep = new ReleaseFilter { Before = ids[Releases / 2] };
        var releases = Queries(ledger, step);
        var first = (await Repeated.TimeAsync(() => releases.ListAsync(deep, None), 1, warmUp: 0))[0];
        var all = new List<double>();
        // Once each before anything is counted: the first pages of a process are compiled while they are read.
        foreach (var (_, filter) in Filters)
            await PagesAsync(releases, filter, ids, Repeated.WarmUp);
        var (worst, busy) = (("", 0.0), Environment.CpuUsage.TotalTime);
        foreach (var (name, filter) in Filters)
        {
            var own = await PagesAsync(releases, filter, ids, runs);
            all.AddRange(own);
            var late = Repeated.Say(database, name, own);
            if (late > worst.Item2)
                worst = (name, late);
        }
        // On a machine with other work the time on the clock says little, this says what a page costs.
        var processor = (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / (all.Count + (Filters.Length * 3 * Repeated.WarmUp));
        var commits = await PagesAsync(releases, new ReleaseFilter { Search = HistorySeed.CommitOf(70_005)[..7] }, ids, runs);
        Repeated.Say(database, "search commit", commits);
        var pages = new Measure(all);
        var key = new Measure(await Repeated.TimeAsync(() => db.Releases.AsNoTracking().FirstAsync(release => release.Id == ids[Releases / 3], None), runs));
        return
        [
            new Row($"releases page, {Releases:N0} releases, {database}, p50 / p99", $"{Measure.Ms(pages.Median)} / {Measure.Ms(pages.Percentile(0.99))}", $"{Measure.Ms(key.Median)} by primary key", Measure.Times(pages.Median / key.Median), "p99 10 ms", pages.Percentile(0.99) <= 10),
            new Row($"its slowest filter: {worst.Item1}", $"p99 {Measure.Ms(worst.Item2)}", "", "", "p99 10 ms", worst.Item2 <= 10),
            new Row($"releases by commit, {database}, p50 / p99", $"{Measure.Ms(new Measure(commits).Median)} / {Measure.Ms(new Measure(commits).Percentile(0.99))}", "", "", "p99 10 ms", new Measure(commits).Percentile(0.99) <= 10),
            Row.Note($"processor time of a page in the program, {database}", Measure.Ms(processor)),
            Row.Note($"first page far back in a process, {database}", Measure.Ms(first)),
        ];
    }

    private static ReleaseQueries Queries(LedgerStore ledger, TrueStep step) =>
        new(ledger, new ReleaseSnapshots(new StepCatalogue([step])), new HistoryChoices(ledger, TimeProvider.System), TimeProvider.System);

    private static async Task<List<double>> PagesAsync(ReleaseQueries releases, ReleaseFilter filter, List<Guid> ids, int runs)
    {
        var times = new List<double>();
        foreach (var depth in new Guid?[] { null, ids[Releases / 2], ids[^2000] })
            times.AddRange(await Repeated.TimeAsync(() => releases.ListAsync(filter with { Before = depth }, None), runs));
        return times;
    }
}
