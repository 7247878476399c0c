using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Persistence;

/// <summary>The fixture itself: each test has a database of its own, with the schema that ships.</summary>
public sealed class TestDatabaseTests
{
    [Theory, DatabaseData]
    public async Task Database_Fresh_HasSchemaAndIsAlone(DatabaseKind kind)
    {
        var token = TestContext.Current.CancellationToken;
        await using var one = await TestDatabase.CreateAsync(kind, token);
        await using var other = await TestDatabase.CreateAsync(kind, token);
        await one.Ledger.WriteAsync(
            write =>
            {
                write.Audit(Actor.System, "test.write", null, null, "one");
                return Task.FromResult(true);
            },
            token);
        (await CountAsync(one, token)).ShouldBe(1);
        (await CountAsync(other, token)).ShouldBe(0);
    }

    private static async Task<int> CountAsync(TestDatabase database, CancellationToken cancellationToken)
    {
        await using var db = database.Ledger.Read();
        return await db.Audit.CountAsync(cancellationToken);
    }
}
