using Microsoft.Data.Sqlite;
using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Generate;

/// <summary>One prepared statement in one transaction, indexes afterwards. Not durable until the end: it is only made data.</summary>
internal sealed class SqliteBulkWriter : IBulkWriter
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;
    private readonly SqliteCommand insert;
    private readonly List<(string Name, string Sql)> indexes = [];

    public SqliteBulkWriter(string file)
    {
        // Another connection, also one that only rests in the pool, would keep the file in its mode.
        SqliteConnection.ClearAllPools();
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY; PRAGMA threads = 2");
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'audit' AND sql IS NOT NULL";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                indexes.Add((reader.GetString(0), reader.GetString(1)));
        }
        foreach (var (name, _) in indexes)
            Execute($"DROP INDEX \"{name}\"");
        transaction = connection.BeginTransaction();
        insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO audit (\"{string.Join("\",\"", BulkColumns.Names)}\") VALUES ({string.Join(',', BulkColumns.Names.Select(name => "@" + name))})";
        foreach (var name in BulkColumns.Names)
            insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        insert.Prepare();
    }

    public void Write(AuditEntry entry, string previousHash, string hash)
    {
        object?[] values =
        [
            entry.Sequence, entry.At.ToUnixTimeMilliseconds(), entry.ActorKind, entry.ActorName, entry.Action, entry.ProjectId, entry.ReleaseId, entry.Subject, entry.Before, entry.After, previousHash, hash,
        ];
        for (var at = 0; at < values.Length; at++)
            insert.Parameters[at].Value = values[at] ?? DBNull.Value;
        insert.ExecuteNonQuery();
    }

    public async Task FinishAsync(long last, string hash, CancellationToken cancellationToken)
    {
        await using (var head = connection.CreateCommand())
        {
            head.Transaction = transaction;
            head.CommandText = "UPDATE audit_head SET \"Sequence\" = @last, \"Hash\" = @hash";
            head.Parameters.AddWithValue("last", last);
            head.Parameters.AddWithValue("hash", hash);
            await head.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        foreach (var (_, sql) in indexes)
            Execute(sql);
        Execute("PRAGMA journal_mode = WAL");
    }

    public async ValueTask DisposeAsync()
    {
        await insert.DisposeAsync();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
