using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Tests.Notifications;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

/// <summary>What was refused is kept, and a flood of it does not bury the trail.</summary>
public sealed class RefusalTrailTests
{
    private static readonly Guid Project = Guid.CreateVersion7();
    private static readonly RefusedCall Bad = new("webhook", "unknown sender", RefusedCall.OfWebhook, Project, "example/p", "bad signature");

    [Theory, DatabaseData]
    public async Task Refusals_OfOneKind_MakeOneEntryAMinuteThatCountsThem(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var clock = new TestClock();
        var trail = new RefusalTrail(database.OpenStore(new ChangeFeed(), clock), clock);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => trail.NoteAsync(Bad))));
        (await CountsAsync(database)).ShouldBe([1]);
        clock.Advance(RefusalTrail.Pause);
        await trail.NoteAsync(Bad);
        (await CountsAsync(database)).ShouldBe([1, 200]);

        await trail.NoteAsync(Bad with { Reason = "no signature" });
        await trail.NoteAsync(Bad with { ProjectId = null });
        (await CountsAsync(database)).ShouldBe([1, 200, 1, 1]);
    }

    [Theory, DatabaseData]
    public async Task Refusals_InTwoProcesses_MakeOneEntryAMinuteBetweenThem(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var clock = new TestClock();
        RefusalTrail[] processes = [new(database.OpenStore(new ChangeFeed(), clock), clock), new(database.OpenStore(new ChangeFeed(), clock), clock)];

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => processes[number % 2].NoteAsync(Bad))));
        (await CountsAsync(database)).ShouldBe([1]);
        await Task.WhenAll(processes.Select(process => Task.Run(() => process.FlushAsync(everything: false))));
        (await CountsAsync(database)).ShouldBe([1]);
        // Another reason is another kind.
        await processes[1].NoteAsync(Bad with { Reason = "no signature" });
        (await CountsAsync(database)).ShouldBe([1, 1]);

        clock.Advance(RefusalTrail.Pause);
        await Task.WhenAll(processes.Select(process => Task.Run(() => process.FlushAsync(everything: false))));
        (await CountsAsync(database)).Count.ShouldBe(3);
        clock.Advance(RefusalTrail.Pause);
        await Task.WhenAll(processes.Select(process => Task.Run(() => process.FlushAsync(everything: false))));
        var counts = await CountsAsync(database);
        (counts.Count, counts.Sum()).ShouldBe((4, 101), "each has written what it counted, a minute apart");
        counts.Skip(2).Order().ShouldBe([49, 50]);
    }

    [Fact]
    public async Task Refusals_OfAProcessThatEnds_AreWrittenThoughAnotherJustDid()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var clock = new TestClock();
        var (stays, ends) = (new RefusalTrail(database.OpenStore(new ChangeFeed(), clock), clock), new RefusalTrail(database.OpenStore(new ChangeFeed(), clock), clock));
        await stays.NoteAsync(Bad);
        await ends.NoteAsync(Bad);
        await ends.NoteAsync(Bad);
        (await CountsAsync(database)).ShouldBe([1]);

        await ends.FlushAsync(everything: true);

        (await CountsAsync(database)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Refusals_AfterAnEntryByAClockThatWasWrong_AreWritten()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var (wrong, right) = (new TestClock(), new TestClock());
        wrong.Advance(TimeSpan.FromDays(1));
        await new RefusalTrail(database.OpenStore(new ChangeFeed(), wrong), wrong).NoteAsync(Bad);

        await new RefusalTrail(database.OpenStore(new ChangeFeed(), right), right).NoteAsync(Bad);

        (await CountsAsync(database)).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Refusals_AfterWhichNothingComes_AreCountedInTheEnd()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var clock = new TestClock();
        var trail = new RefusalTrail(database.OpenStore(new ChangeFeed(), clock), clock);
        for (var at = 0; at < 5; at++)
            await trail.NoteAsync(Bad);

        await trail.FlushAsync(everything: false);
        (await CountsAsync(database)).ShouldBe([1]);
        clock.Advance(RefusalTrail.Pause);
        await trail.FlushAsync(everything: false);
        await trail.FlushAsync(everything: false);
        (await CountsAsync(database)).ShouldBe([1, 4]);
        await trail.NoteAsync(Bad);
        await trail.FlushAsync(everything: true);
        (await CountsAsync(database)).ShouldBe([1, 4, 1]);
    }

    [Fact]
    public async Task Refusals_ThatCouldNotBeWritten_AreNotForgotten()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var trail = new RefusalTrail(database.Ledger, TimeProvider.System);
        await database.Ledger.AppendAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE audit RENAME TO away"), CancellationToken.None);
        await Should.ThrowAsync<Exception>(() => trail.NoteAsync(Bad));
        await database.Ledger.AppendAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE away RENAME TO audit"), CancellationToken.None);

        await trail.NoteAsync(Bad);

        (await CountsAsync(database)).ShouldBe([2]);
    }

    [Fact]
    public async Task Refusal_ThatOnlyAsksForAFreshProof_IsNone()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var trail = new RefusalTrail(database.Ledger, TimeProvider.System);
        var mia = Actor.Person("mia", Roles.Viewer);
        foreach (var result in new[] { ActionResult.Done, ActionResult.Refused(Refusal.ConfirmationNeeded, "again") })
            (await trail.NoteAsync(mia, RefusedCall.OfSecret, Project, "github-token", result)).ShouldBeSameAs(result);
        (await CountsAsync(database)).ShouldBeEmpty();

        await trail.NoteAsync(mia, RefusedCall.OfSecret, Project, "github-token", ActionResult.Refused(Refusal.NotAllowed, "no"));

        await using var db = database.Ledger.Read();
        var entry = await db.Audit.SingleAsync();
        (entry.ActorKind, entry.ActorName, entry.Action, entry.ProjectId, entry.Subject).ShouldBe(("person", "mia", "secret.refuse", Project, "github-token"));
    }

    private static async Task<List<long>> CountsAsync(TestDatabase database)
    {
        await using var db = database.Ledger.Read();
        var entries = await db.Audit.Where(entry => entry.Action == RefusedCall.OfWebhook).OrderBy(entry => entry.Sequence).Select(entry => entry.After!).ToListAsync();
        return [.. entries.Select(after => JsonDocument.Parse(after).RootElement.GetProperty("count").GetInt64())];
    }
}
