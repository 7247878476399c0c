using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using ReleaseDashboard.TestSupport.History;

namespace ReleaseDashboard.Infrastructure.Tests.Releases;

/// <summary>Lists of releases against the same questions asked of all rows in memory.</summary>
public sealed class ReleaseListTests
{
    private const int Over = 400;
    private const int UnderWay = 24;

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly string ACommit = HistorySeed.CommitOf(120);
    private static readonly string ActiveCommit = HistorySeed.CommitOf(1_000_003 + 40);

    private static Dictionary<string, (ReleaseFilter Filter, Func<ReleaseRecord, bool> Fits)> Cases { get; } = new()
    {
        ["all"] = (new(), _ => true),
        ["under way"] = (new() { Active = true }, own => own.ActiveKey is not null),
        ["over"] = (new() { Active = false }, own => own.ActiveKey is null),
        ["project"] = (new() { Project = "hello-bot" }, own => own.Project!.Name == "hello-bot"),
        ["rare project"] = (new() { Project = "rare" }, own => own.Project!.Name == "rare"),
        ["unknown project"] = (new() { Project = "hello" }, _ => false),
        ["published"] = (new() { Status = ReleaseStatus.Published }, own => own.Status == ReleaseStatus.Published),
        ["aborted"] = (new() { Status = ReleaseStatus.Aborted }, own => own.Status == ReleaseStatus.Aborted),
        ["needs a person"] = (new() { Status = ReleaseStatus.NeedsPerson }, own => own.Status == ReleaseStatus.NeedsPerson),
        ["needs a person and over"] = (new() { Status = ReleaseStatus.NeedsPerson, Active = false }, _ => false),
        ["published and under way"] = (new() { Status = ReleaseStatus.Published, Active = true }, _ => false),
        ["person"] = (new() { StartedBy = "mia" }, own => own.StartedBy == "mia"),
        ["rehearsals"] = (new() { IsRehearsal = true }, own => own.IsRehearsal),
        ["real ones"] = (new() { IsRehearsal = false }, own => !own.IsRehearsal),
        ["several"] = (new() { Project = "images", StartedBy = "bea", IsRehearsal = false, Active = false },
            own => own is { Project.Name: "images", StartedBy: "bea", IsRehearsal: false, ActiveKey: null }),
        ["search project"] = (new() { Search = "HELLO" }, own => own.Project!.Name.StartsWith("hello", StringComparison.Ordinal)),
        ["search person"] = (new() { Search = "noa" }, own => own.StartedBy == "noah"),
        ["search person who never ended one"] = (new() { Search = "nina" }, own => own.StartedBy == "nina"),
        ["search version"] = (new() { Search = "v1.3" }, own => own.Version.StartsWith("1.3.", StringComparison.Ordinal)),
        ["search first part"] = (new() { Search = "1" }, _ => true),
        ["search whole version"] = (new() { Search = "1.3.7" }, own => own.Version == "1.3.7"),
        ["search version under way"] = (new() { Search = "1.3.1002" }, own => own.Version == "1.3.1002"),
        ["search words"] = (new() { Search = "bot 1.3" }, own => own.Project!.Name == "hello-bot" && own.Version.StartsWith("1.3.", StringComparison.Ordinal)),
        ["search and filter"] = (new() { Search = "1.3", StartedBy = "mia", Status = ReleaseStatus.Published }, own => own.Version.StartsWith("1.3.", StringComparison.Ordinal) && own is { StartedBy: "mia", Status: ReleaseStatus.Published }),
        ["search commit"] = (new() { Search = ACommit[..7] }, own => own.BaseCommit == ACommit),
        ["search whole commit"] = (new() { Search = ACommit.ToUpperInvariant() }, own => own.BaseCommit == ACommit),
        ["search commit under way"] = (new() { Search = ActiveCommit[..9] }, own => own.BaseCommit == ActiveCommit),
        ["search commit and person"] = (new() { Search = ACommit[..7] + " bea" }, own => own.BaseCommit == ACommit && own.StartedBy == "bea"),
        ["search person and commit"] = (new() { Search = "bea " + ACommit[..7] }, own => own.BaseCommit == ACommit && own.StartedBy == "bea"),
        ["search too little of a commit"] = (new() { Search = "f" + ACommit[..5] }, _ => false),
        ["search no commit"] = (new() { Search = "0123456789abcdef" }, _ => false),
        ["search nothing"] = (new() { Search = "no-such-thing" }, _ => false),
        ["search like pattern"] = (new() { Search = "%" }, _ => false),
        ["search statement"] = (new() { Search = "%' OR 1=1 --" }, _ => false),
    };

    [Theory, DatabaseData]
    public async Task List_EveryFilter_PagesThroughExactlyWhatFits(DatabaseKind kind)
    {
        await using var database = await SeededAsync(kind);
        var queries = Queries(database);
        var all = await AllAsync(database);
        all.Count.ShouldBe(Over + 60 + UnderWay);
        all.Count(own => own.BaseCommit == ACommit).ShouldBeGreaterThan(1);
        foreach (var (name, (filter, fits)) in Cases)
            (await PagesAsync(queries, filter with { Count = 37 })).ShouldBe(Ids(all.Where(fits)), name);
        (await PagesAsync(queries, new ReleaseFilter { Count = 1 })).ShouldBe(Ids(all));
        (await queries.ListAsync(new ReleaseFilter { Count = 100_000 }, None)).Count.ShouldBe(ReleaseFilter.MaximumCount);
    }

    [Theory, DatabaseData]
    public async Task List_ProjectsThatMayNotBeSeen_AreNotThere(DatabaseKind kind)
    {
        await using var database = await SeededAsync(kind);
        var queries = Queries(database);
        var all = await AllAsync(database);
        var bot = all.First(own => own.Project!.Name == "hello-bot").ProjectId;
        foreach (var (name, (filter, fits)) in Cases)
            (await PagesAsync(queries, filter with { Count = 37, Visible = [bot] })).ShouldBe(Ids(all.Where(own => own.ProjectId == bot && fits(own))), name);
        foreach (var (name, (filter, _)) in Cases)
            (await queries.ListAsync(filter with { Visible = [] }, None)).ShouldBeEmpty(name);
        // Not even its count: others' releases of the commit must not use up what is found of one.
        var other = all.First(own => own.ProjectId != bot);
        (await queries.ListAsync(new ReleaseFilter { Search = other.BaseCommit, Visible = [bot] }, None)).ShouldAllBe(own => own.Project == "hello-bot");
    }

    [Theory, DatabaseData]
    public async Task List_BeforeIdOfNobody_GoesOnFromThere(DatabaseKind kind)
    {
        await using var database = await SeededAsync(kind);
        var all = await AllAsync(database);
        var queries = Queries(database);
        foreach (var before in new[] { Guid.Empty, Guid.AllBitsSet, Guid.CreateVersion7(HistorySeed.End.AddDays(-30)) })
        {
            (await queries.ListAsync(new ReleaseFilter { Before = before, Count = 20 }, None)).Select(own => own.Id)
                .ShouldBe(Ids(all.Where(own => own.Id.CompareTo(before) < 0)).Take(20));
        }
    }

    // A list read before must not decide what a later one shows: what ends takes its place at once.
    [Theory, DatabaseData]
    public async Task List_LongReleaseEndsLater_IsInItsPlaceFarBack(DatabaseKind kind)
    {
        await using var database = await SeededAsync(kind);
        var queries = Queries(database);
        await PagesAsync(queries, new ReleaseFilter { Count = 37 });
        await HistorySeed.AddAsync(database.Ledger, 8, end: TimeProvider.System.GetUtcNow(), longest: TimeSpan.FromDays(400), seed: 3);
        (await PagesAsync(queries, new ReleaseFilter { Count = 37 })).ShouldBe(Ids(await AllAsync(database)));
    }

    [Theory, DatabaseData]
    public async Task List_Rows_SayWhatTheStepsSay(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        var step = new ScriptedStep();
        await using var host = await EngineHost.StartAsync(database.Options, RunSeed.Playbook(step.Description.Kind).Replace("name: wrapper", "name: test", StringComparison.Ordinal), step);
        var id = await host.StartReleaseAsync();
        await host.WaitAsync(id, release => release.Status == ReleaseStatus.Published);
        var found = (await host.Get<ReleaseQueries>().ListAsync(new ReleaseFilter { Active = false }, None)).ShouldHaveSingleItem();

        await using var db = host.Ledger.Read();
        var release = await db.Releases.Include(own => own.Project).Include(own => own.Steps).SingleAsync(own => own.Id == id, None);
        var expected = ReleaseSummaryBuilder.Build(release, await host.Get<ReleaseSnapshots>().OfAsync(db, id, None), [], 0);
        (found with { Stages = [], ApprovedBy = [], StartedAt = default, FinishedAt = null })
            .ShouldBe(expected with { Stages = [], ApprovedBy = [], StartedAt = default, FinishedAt = null }, found.ToString());
        found.Stages.Select(stage => stage with { Elapsed = default }).ShouldBe(expected.Stages.Select(stage => stage with { Elapsed = default }));
        found.Stages.Count.ShouldBe(5);
        // The ledger of steps has whole milliseconds.
        foreach (var (one, other) in found.Stages.Zip(expected.Stages))
            one.Elapsed.ShouldBe(other.Elapsed, TimeSpan.FromMilliseconds(3));
        found.StartedAt.ShouldBe(expected.StartedAt, TimeSpan.FromMilliseconds(1));
        found.FinishedAt!.Value.ShouldBe(expected.FinishedAt!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Theory, DatabaseData]
    public async Task List_UnderWayAndUnreadable_HaveTheirStages(DatabaseKind kind)
    {
        await using var database = await SeededAsync(kind);
        await database.Ledger.AppendAsync(
            db => db.ReleaseSnapshots.Where(snapshot => db.ReleaseFacts.Any(facts => facts.ReleaseId == snapshot.ReleaseId))
                .ExecuteUpdateAsync(snapshot => snapshot.SetProperty(own => own.PlaybookText, "stages: [of years ago"), None),
            None);
        var queries = Queries(database);
        var underWay = await queries.ListAsync(new ReleaseFilter { Active = true, Count = 100 }, None);
        underWay.Count.ShouldBe(UnderWay);
        underWay.ShouldAllBe(own => own.CurrentStep == "Step 0" && own.Stages.Count == 5 && own.Stages[0].Total == 2 && own.FinishedAt == null);
        var over = await queries.ListAsync(new ReleaseFilter { Status = ReleaseStatus.Published, Count = 20 }, None);
        over.ShouldAllBe(own => own.Stages.Count == 5 && own.Stages[0].Title == "Prepare" && own.Stages[0].Elapsed > TimeSpan.Zero && own.CurrentStep == null);
    }

    private static async Task<TestDatabase> SeededAsync(DatabaseKind kind)
    {
        var database = await TestDatabase.CreateAsync(kind, None);
        await HistorySeed.AddAsync(database.Ledger, Over, longest: TimeSpan.FromDays(35));
        // Many at a time, which ended in another order than they started in.
        await HistorySeed.AddAsync(database.Ledger, 60, end: HistorySeed.End.AddDays(-12), pause: TimeSpan.FromMinutes(9), seed: 11, longest: TimeSpan.FromHours(5));
        await RunSeed.StartAsync(database.Ledger, UnderWay, ["bea", "nina", "mia"], HistorySeed.End);
        await RunSeed.AddAsync(database.Ledger, new ScriptedStep().Description.Kind);
        return database;
    }

    private static ReleaseQueries Queries(TestDatabase database) => new(
        database.Ledger, new ReleaseSnapshots(new StepCatalogue([new ScriptedStep()])), new HistoryChoices(database.Ledger, TimeProvider.System), TimeProvider.System);

    private static async Task<List<ReleaseRecord>> AllAsync(TestDatabase database)
    {
        await using var db = database.Ledger.Read();
        return await db.Releases.Include(release => release.Project).ToListAsync(None);
    }

    private static async Task<List<Guid>> PagesAsync(ReleaseQueries queries, ReleaseFilter filter)
    {
        var seen = new List<Guid>();
        while (true)
        {
            var page = await queries.ListAsync(filter with { Before = seen.Count == 0 ? null : seen[^1] }, None);
            seen.AddRange(page.Select(own => own.Id));
            if (page.Count < filter.Count)
                return seen;
        }
    }

    private static List<Guid> Ids(IEnumerable<ReleaseRecord> releases) => [.. releases.Select(own => own.Id).OrderDescending()];
}
