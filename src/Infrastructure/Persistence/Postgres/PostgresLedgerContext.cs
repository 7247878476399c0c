using Microsoft.EntityFrameworkCore;

namespace ReleaseDashboard.Infrastructure.Persistence.Postgres;

public sealed class PostgresLedgerContext(DbContextOptions<PostgresLedgerContext> options) : LedgerContext(options);
