using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Persistence;

public sealed class SchemaTests
{
    [Theory, DatabaseData]
    public async Task Migrations_OfEachDatabase_FitTheModel(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var context = new LedgerContextFactory(database.Options).Open();
        context.Database.HasPendingModelChanges().ShouldBeFalse();
        (await context.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    // A commit that was acknowledged must be on the disk, and readers must not wait for the writer.
    [Fact]
    public async Task Sqlite_AfterMigrating_IsDurableAndReadersNeverWait()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var context = new LedgerContextFactory(database.Options).Open();
        (await context.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).ShouldBe("wal");
        (await context.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync()).ShouldBe(2);
    }
}
