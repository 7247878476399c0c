using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Persistence;

public sealed class LedgerStoreTests
{
    // On SQLite a failure gives up the writer's context and its statements; compiled questions must go on with the next one.
    [Theory, DatabaseData]
    public async Task Write_AfterOneThatFailed_IsKeptAndTheFailedOneIsNot(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var store = database.OpenStore(new ChangeFeed());
        await AuditAsync(store, "before");
        await Should.ThrowAsync<InvalidOperationException>(() => AuditAsync(store, "failed", () => throw new InvalidOperationException("In the middle.")));
        // The database itself refuses this one, in the middle of a save: the number is taken.
        await Should.ThrowAsync<DbUpdateException>(() => store.WriteAsync(
            async write =>
            {
                var head = await write.Db.AuditHead.SingleAsync(write.CancellationToken);
                head.Sequence = 0;
                write.Audit(Actor.System, "test", null, null, "refused");
                return true;
            },
            TestContext.Current.CancellationToken));
        await AuditAsync(store, "after");
        await using var db = store.Read();
        (await db.Audit.OrderBy(entry => entry.Sequence).Select(entry => entry.Subject).ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["before", "after"]);
    }

    private static Task<bool> AuditAsync(LedgerStore store, string subject, Action? then = null) => store.WriteAsync(
        write =>
        {
            write.Audit(Actor.System, "test", null, null, subject);
            then?.Invoke();
            return Task.FromResult(true);
        },
        TestContext.Current.CancellationToken);
}
