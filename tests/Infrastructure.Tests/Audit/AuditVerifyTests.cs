using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

public sealed class AuditVerifyTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Verify_UntouchedTrail_IsIntact(DatabaseKind kind)
    {
        await using var database = await FilledAsync(kind);
        var result = await new AuditVerify(database.Ledger).RunAsync(None);
        result.Reason.ShouldBeNull();
        result.Entries.ShouldBe(5);
    }

    // Whoever owns the database can take its protection away; the chain still tells.
    [Theory]
    [DatabaseData("UPDATE audit SET \"Subject\" = 'other' WHERE \"Sequence\" = 3", 3L)]
    [DatabaseData("UPDATE audit SET \"ActorName\" = 'eve' WHERE \"Sequence\" = 1", 1L)]
    [DatabaseData("DELETE FROM audit WHERE \"Sequence\" = 2", 2L)]
    [DatabaseData("DELETE FROM audit WHERE \"Sequence\" = 5", 5L)]
    [DatabaseData("DELETE FROM audit_head", 1L)]
    public async Task Verify_Tampered_NamesFirstBadEntry(DatabaseKind kind, string sql, long firstBad)
    {
        await using var database = await FilledAsync(kind);
        await using (var db = database.Ledger.Read())
        {
            string[] unprotect = kind == DatabaseKind.Sqlite
                ? ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
                : ["DROP TRIGGER audit_no_change ON audit"];
            foreach (var statement in unprotect)
                await db.Database.ExecuteSqlRawAsync(statement, None);
            (await db.Database.ExecuteSqlRawAsync(sql, None)).ShouldBe(1);
        }
        var result = await new AuditVerify(database.Ledger).RunAsync(None);
        result.FirstBad.ShouldBe(firstBad);
        result.Reason.ShouldNotBeNullOrEmpty();
    }

    [Theory, DatabaseData]
    public async Task List_Filters_PageByKey(DatabaseKind kind)
    {
        await using var database = await FilledAsync(kind);
        var queries = new AuditQueries(database.Ledger);
        var first = await queries.ListAsync(new AuditFilter { Actor = "mia", Count = 2 }, None);
        first.Select(entry => entry.Sequence).ShouldBe([5, 3]);
        (await queries.ListAsync(new AuditFilter { Actor = "mia", Count = 2, Before = 3 }, None)).Select(entry => entry.Sequence).ShouldBe([1]);
        (await queries.ListAsync(new AuditFilter { Action = "step." }, None)).Count.ShouldBe(5);
        (await queries.ListAsync(new AuditFilter { Action = "step.one" }, None)).Count.ShouldBe(3);
        (await queries.ListAsync(new AuditFilter { To = first[0].At }, None)).ShouldAllBe(entry => entry.At < first[0].At);
        (await queries.ListAsync(new AuditFilter { Project = "none" }, None)).ShouldBeEmpty();
        (await queries.ActionsAsync(None)).ShouldBe(["step.one", "step.two"]);
        (await queries.ActorsAsync(None)).ShouldBe(["bob", "mia"]);
    }

    private static async Task<TestDatabase> FilledAsync(DatabaseKind kind)
    {
        var database = await TestDatabase.CreateAsync(kind);
        for (var at = 1; at <= 5; at++)
        {
            var actor = Actor.Person(at % 2 == 1 ? "mia" : "bob", Roles.Maintainer);
            await database.Ledger.WriteAsync(
                write =>
                {
                    write.Audit(actor, actor.Name == "mia" ? "step.one" : "step.two", null, null, $"subject {at}", after: new { At = at });
                    return Task.FromResult(true);
                },
                None);
        }
        return database;
    }
}
