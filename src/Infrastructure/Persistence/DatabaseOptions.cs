namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>Where the ledger is kept.</summary>
public sealed record DatabaseOptions
{
    /// <summary>A PostgreSQL connection string, or null for SQLite in <see cref="SqliteFile"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>Path of the SQLite file.</summary>
    public required string SqliteFile { get; init; }

    public bool IsSqlite => Postgres is null;
}
