using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Persistence.Postgres;

public sealed class PostgresLedgerContext(DbContextOptions<PostgresLedgerContext> options) : LedgerContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // A range of beginnings needs the order of bytes, whatever language the database sorts in. SQLite has no other.
        modelBuilder.Entity<ReleaseCommitRecord>().Property(own => own.Commit).UseCollation("C");
    }
}
