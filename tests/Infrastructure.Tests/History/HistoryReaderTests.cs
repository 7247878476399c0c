using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.History;

namespace ReleaseDashboard.Infrastructure.Tests.History;

public sealed class HistoryReaderTests
{
    private const int Count = 600;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Actor Everybody = Actor.Person("lead", Roles.Viewer);

    // Each filter, alone and together with others, against the same question asked of the whole list.
    public static TheoryData<DatabaseKind, string> Filters()
    {
        var data = new TheoryData<DatabaseKind, string>();
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            foreach (var name in Cases.Keys)
                data.Add(kind, name);
        }
        return data;
    }

    private static Dictionary<string, (HistoryFilter Filter, Func<FinishedRelease, bool> Fits)> Cases { get; } = new()
    {
        ["all"] = (new HistoryFilter(), _ => true),
        ["project"] = (new HistoryFilter { Project = "hello-bot" }, own => own.Project == "hello-bot"),
        ["rare project"] = (new HistoryFilter { Project = "rare" }, own => own.Project == "rare"),
        ["person"] = (new HistoryFilter { Person = "mia" }, own => own.StartedBy == "mia"),
        ["outcome"] = (new HistoryFilter { IsPublished = false }, own => !own.IsPublished),
        ["kind"] = (new HistoryFilter { IsRehearsal = false }, own => !own.IsRehearsal),
        ["playbook"] = (new HistoryFilter { Playbook = "images" }, own => own.Playbook == "images"),
        ["time"] = (new HistoryFilter { From = HistorySeed.End.AddDays(-60), To = HistorySeed.End.AddDays(-20) }, own => own.FinishedAt >= HistorySeed.End.AddDays(-60) && own.FinishedAt < HistorySeed.End.AddDays(-20)),
        ["several"] = (new HistoryFilter { Project = "images", Person = "bea", IsPublished = true, IsRehearsal = true, Playbook = "images" },
            own => own is { Project: "images", StartedBy: "bea", IsPublished: true, IsRehearsal: true, Playbook: "images" }),
        ["search project"] = (new HistoryFilter { Search = "HELLO" }, own => own.Project.Contains("hello", StringComparison.Ordinal)),
        ["search person"] = (new HistoryFilter { Search = "noa" }, own => own.StartedBy == "noah"),
        ["search version"] = (new HistoryFilter { Search = "v1.3" }, own => own.Version.StartsWith("1.3.", StringComparison.Ordinal)),
        ["search whole version"] = (new HistoryFilter { Search = "1.3.7" }, own => own.Version == "1.3.7"),
        ["search words"] = (new HistoryFilter { Search = "bot 1.3" }, own => own.Project == "hello-bot" && own.Version.StartsWith("1.3.", StringComparison.Ordinal)),
        ["search and filter"] = (new HistoryFilter { Search = "1.3", Person = "mia", IsPublished = true }, own => own.Version.StartsWith("1.3.", StringComparison.Ordinal) && own is { StartedBy: "mia", IsPublished: true }),
        ["search commit"] = (new HistoryFilter { Search = HistorySeed.CommitOf(120)[..7] }, own => own.Version is "1.2.20" or "1.2.21"),
        ["search commit and person"] = (new HistoryFilter { Search = "bea " + HistorySeed.CommitOf(120) }, own => own is { Version: "1.2.20" or "1.2.21", StartedBy: "bea" }),
        ["search nothing"] = (new HistoryFilter { Search = "no-such-thing" }, _ => false),
        ["search like pattern"] = (new HistoryFilter { Search = "%' OR 1=1 --" }, _ => false),
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task List_Filtered_PagesBothWaysThroughExactlyWhatFits(DatabaseKind kind, string name)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await HistorySeed.AddAsync(database.Ledger, Count);
        var history = Reader(database);
        var all = await AllAsync(history, new HistoryFilter());
        all.Count.ShouldBe(Count);
        var (filter, fits) = Cases[name];
        var expected = all.Where(fits).Select(own => own.Id).ToList();

        var (seen, page) = (new List<Guid>(), await history.ListAsync(Everybody, filter with { Count = 37 }, None));
        page.HasNewer.ShouldBeFalse();
        while (true)
        {
            seen.AddRange(page.Releases.Select(own => own.Id));
            if (!page.HasOlder)
                break;
            page = await history.ListAsync(Everybody, filter with { Count = 37, Before = page.Releases[^1].Id }, None);
            page.HasNewer.ShouldBeTrue();
        }
        seen.ShouldBe(expected);

        // And back to the newest.
        var back = page.Releases.Select(own => own.Id).ToList();
        while (back.Count > 0 && page.HasNewer)
        {
            page = await history.ListAsync(Everybody, filter with { Count = 37, After = page.Releases[0].Id }, None);
            page.HasOlder.ShouldBeTrue();
            back.InsertRange(0, page.Releases.Select(own => own.Id));
        }
        back.ShouldBe(expected);
        (await AllAsync(history, filter)).Select(own => own.Id).ShouldBe(expected);
        (await history.CountAsync(Everybody, filter, 1000, None)).ShouldBe(expected.Count);
    }

    [Theory, DatabaseData]
    public async Task List_ProjectsThatMayNotBeSeen_AreNotThere(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await HistorySeed.AddAsync(database.Ledger, 200);
        var history = Reader(database);
        Guid bot;
        await using (var db = database.Ledger.Read())
            bot = await db.Projects.Where(project => project.Name == "hello-bot").Select(project => project.Id).SingleAsync(None);
        var guest = Actor.Person("guest", Roles.None) with { ProjectRoles = new Dictionary<Guid, Roles> { [bot] = Roles.Viewer } };
        var seen = await AllAsync(history, new HistoryFilter(), guest);
        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(own => own.Project == "hello-bot");
        (await AllAsync(history, new HistoryFilter { Search = "1." }, guest)).ShouldAllBe(own => own.Project == "hello-bot");
        (await AllAsync(history, new HistoryFilter { Project = "images" }, guest)).ShouldBeEmpty();
        var other = (await AllAsync(history, new HistoryFilter { Project = "images" }))[0];
        await using (var db = database.Ledger.Read())
        {
            var commit = await db.Releases.Where(release => release.Id == other.Id).Select(release => release.BaseCommit).SingleAsync(None);
            (await AllAsync(history, new HistoryFilter { Search = commit })).ShouldContain(own => own.Id == other.Id);
            (await AllAsync(history, new HistoryFilter { Search = commit }, guest)).ShouldAllBe(own => own.Project == "hello-bot");
        }
        (await AllAsync(history, new HistoryFilter(), Actor.Person("nobody", Roles.None))).ShouldBeEmpty();
    }

    // What the figures of the benchmark rest on: a page is read in the order of an index, nothing is sorted or looked through.
    [Fact]
    public async Task List_AnyFilter_ReadsAnIndexInOrder()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite, None);
        await HistorySeed.AddAsync(database.Ledger, 50);
        foreach (var (name, (filter, _)) in Cases.Where(own => !own.Key.StartsWith("search", StringComparison.Ordinal)))
        {
            var sql = new HistorySql(isSqlite: true);
            var text = sql.Text(filter, filter.Project is null ? null : Guid.CreateVersion7(), null, [], new HistorySql.Place(HistorySeed.End, Guid.CreateVersion7()), newer: false, 50, below: Guid.CreateVersion7());
            await using var connection = database.Ledger.Connect();
            await connection.OpenAsync(None);
            await using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + text;
            sql.Bind(command);
            var plan = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(None);
            while (await reader.ReadAsync(None))
                plan.Add(reader.GetString(3));
            var lines = plan.Where(line => line.Contains("release_facts", StringComparison.Ordinal)).ToList();
            lines.ShouldNotBeEmpty(name);
            // Project, person and playbook together have no index of their own: two of them leave little to look through.
            var wanted = name == "several" ? "USING INDEX IX_release_facts_" : "COVERING INDEX";
            lines.ShouldAllBe(line => line.StartsWith("SEARCH", StringComparison.Ordinal) && line.Contains(wanted, StringComparison.Ordinal), name);
        }
    }

    [Theory, DatabaseData]
    public async Task Choices_Asked_AreWhatThereIs(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        var choices = new HistoryChoices(database.Ledger, TimeProvider.System);
        (await choices.PlaybooksAsync(None)).ShouldBeEmpty();
        await HistorySeed.AddAsync(database.Ledger, Count);
        (await choices.PeopleAsync(None)).ShouldBe(["bea", "mia", "noah", "once"]);
    }

    [Theory, DatabaseData]
    public async Task Trends_YearOfAProject_AreCutAtTwoHundred(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await HistorySeed.AddAsync(database.Ledger, Count, end: TimeProvider.System.GetUtcNow());
        var trends = await new HistoryTrends(Reader(database), TimeProvider.System).ReadAsync(Everybody, new HistoryFilter { IsRehearsal = false }, TimeZoneInfo.Utc, None);
        trends.Releases.Count.ShouldBe(HistoryTrends.MaximumReleases);
        trends.IsCut.ShouldBeTrue();
        trends.StageTitles.ShouldBe(["Prepare", "Test and build", "Review and merge", "Upload", "After release"]);
        trends.Troubles.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Export_Csv_HasALineForEach()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite, None);
        await HistorySeed.AddAsync(database.Ledger, 1203);
        var text = new StringWriter();
        await new HistoryExport(Reader(database)).WriteCsvAsync(Everybody, new HistoryFilter(), text, None);
        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1204);
        lines[0].ShouldStartWith("id,project,version,outcome");
    }

    private static HistoryReader Reader(TestDatabase database) => new(database.Ledger, new HistoryChoices(database.Ledger, TimeProvider.System));

    private static async Task<List<FinishedRelease>> AllAsync(HistoryReader history, HistoryFilter filter, Actor? actor = null)
    {
        var all = new List<FinishedRelease>();
        await foreach (var release in history.AllAsync(actor ?? Everybody, filter, None))
            all.Add(release);
        return all;
    }
}
