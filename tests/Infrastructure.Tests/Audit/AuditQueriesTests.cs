using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

public sealed class AuditQueriesTests
{
    private static readonly string[] People = ["mia", "bob", "eve"];
    private static readonly string[] Actions = ["approval.approve", "step.fix", "step.retry", "step.succeed", "steps"];

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task List_EveryCombinationOfFilters_IsWhatSortingThemOutByHandGives(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var rows = await FillAsync(database, 2500);
        await new AuditTreeGrowth(database.Ledger).GrowSpansAsync(2500, None);
        var queries = new AuditQueries(database.Ledger);
        var random = new Random(7);
        string?[] people = [null, .. People, "nobody"];
        string?[] actions = [null, .. Actions, "step.", "approval.", "s.", "step"];
        string?[] projects = [null, "one", "two", "none"];
        Guid?[] releases = [null, rows[40].ReleaseId, rows[1700].ReleaseId];
        DateTimeOffset?[] times = [null, rows[1000].At, rows[1300].At, rows[2490].At];
        foreach (var filter in from person in people from action in actions from project in projects from release in releases
                               select new AuditFilter { Actor = person, Action = action, Project = project, Release = release })
        {
            var (from, to) = (times[random.Next(times.Length)], times[random.Next(times.Length)]);
            var ranged = filter with { From = from, To = to, Before = random.Next(3) == 0 ? random.Next(2600) : null, Count = random.Next(1, 120) };
            var expected = rows.Where(row => (ranged.Actor is null || row.Actor == ranged.Actor)
                && (ranged.Action is null || (ranged.Action.EndsWith('.') ? row.Action.StartsWith(ranged.Action, StringComparison.Ordinal) : row.Action == ranged.Action))
                && (ranged.Project is null || row.Project == ranged.Project) && (ranged.Release is null || row.ReleaseId == ranged.Release)
                && (from is null || row.At >= from) && (to is null || row.At < to) && (ranged.Before is null || row.Sequence < ranged.Before))
                .OrderByDescending(row => row.Sequence).Take(ranged.Count).Select(row => row.Sequence).ToList();
            (await queries.ListAsync(ranged, None)).Select(row => row.Sequence).ShouldBe(expected, ranged.ToString());
        }
    }

    [Theory, DatabaseData]
    public async Task List_ByKey_PagesThroughAll(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await FillAsync(database, 300);
        var queries = new AuditQueries(database.Ledger);
        var (seen, filter) = (new List<long>(), new AuditFilter { Action = "step.", Count = 37 });
        while (await queries.ListAsync(filter, None) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(row => row.Sequence));
            filter = filter with { Before = page[^1].Sequence };
        }
        var all = new List<long>();
        await foreach (var row in queries.AllAsync(new AuditFilter { Action = "step." }, None))
            all.Add(row.Sequence);
        seen.ShouldBe(all);
        seen.Count.ShouldBe(180);
    }

    [Theory, DatabaseData]
    public async Task Choices_AreEveryActionAndPerson(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var queries = new AuditQueries(database.Ledger);
        (await queries.ActionsAsync(None)).ShouldBeEmpty();
        await FillAsync(database, 30);
        (await queries.ActionsAsync(None)).ShouldBe(Actions);
        (await queries.ActorsAsync(None)).ShouldBeEmpty();
    }

    // The clock goes back by an hour in the middle: times and sequences are then not in the same order.
    private static async Task<IReadOnlyList<AuditRow>> FillAsync(TestDatabase database, int count)
    {
        var clock = new SteppedTime();
        using var ledger = database.OpenStore(new Changes.ChangeFeed(), clock);
        Guid[] projects = [await ProjectAsync(ledger, "one"), await ProjectAsync(ledger, "two")];
        var releases = Enumerable.Range(0, 8).Select(at => Guid.CreateVersion7(clock.GetUtcNow().AddSeconds(at))).ToList();
        for (var batch = 0; batch < count / 10; batch++)
        {
            clock.Now += batch == count / 20 ? TimeSpan.FromHours(-1) : TimeSpan.FromSeconds(30);
            var at = batch;
            await ledger.WriteAsync(
                write =>
                {
                    for (var item = 0; item < 10; item++)
                    {
                        var number = (at * 10) + item;
                        var isFree = number % 11 == 0;
                        write.Audit(Actor.Person(People[number % 7 % 3], Roles.Maintainer), Actions[number % 5], isFree ? null : projects[number / 50 % 2], isFree ? null : releases[number * 8 / count % 8], $"{number}");
                    }
                    return Task.FromResult(true);
                },
                None);
        }
        var all = new List<AuditRow>();
        await foreach (var row in new AuditQueries(database.Ledger).AllAsync(new AuditFilter(), None))
            all.Insert(0, row);
        all.Count.ShouldBe(count);
        return all;
    }

    private static async Task<Guid> ProjectAsync(LedgerStore ledger, string name)
    {
        var id = Guid.CreateVersion7();
        await ledger.AppendAsync(
            async db =>
            {
                db.Projects.Add(TestProject.Of(id, name));
                await db.SaveChangesAsync(None);
            },
            None);
        return id;
    }

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
