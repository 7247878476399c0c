using Npgsql;
using NpgsqlTypes;
using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Generate;

/// <summary>A binary COPY, indexes afterwards.</summary>
internal sealed class PostgresBulkWriter : IBulkWriter
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBinaryImporter importer;
    private readonly List<(string Name, string Sql)> indexes = [];

    public PostgresBulkWriter(string connectionString)
    {
        // The importer's own limit is for writing; the server's answer to ten million rows comes under the connection's.
        connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString);
        connection.Open();
        using (var command = new NpgsqlCommand("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'audit' AND indexname <> 'PK_audit'", connection))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
                indexes.Add((reader.GetString(0), reader.GetString(1)));
        }
        foreach (var (name, _) in indexes)
            Execute($"DROP INDEX \"{name}\"");
        importer = connection.BeginBinaryImport($"COPY audit (\"{string.Join("\",\"", BulkColumns.Names)}\") FROM STDIN (FORMAT BINARY)");
    }

    public void Write(AuditEntry entry, string previousHash, string hash)
    {
        importer.StartRow();
        importer.Write(entry.Sequence, NpgsqlDbType.Bigint);
        importer.Write(entry.At.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        Text(entry.ActorKind);
        Text(entry.ActorName);
        Text(entry.Action);
        Id(entry.ProjectId);
        Id(entry.ReleaseId);
        Text(entry.Subject);
        Text(entry.Before);
        Text(entry.After);
        Text(previousHash);
        Text(hash);
    }

    public async Task FinishAsync(long last, string hash, CancellationToken cancellationToken)
    {
        await importer.CompleteAsync(cancellationToken);
        await importer.DisposeAsync();
        await using (var head = new NpgsqlCommand("UPDATE audit_head SET \"Sequence\" = @last, \"Hash\" = @hash", connection))
        {
            head.Parameters.AddWithValue("last", last);
            head.Parameters.AddWithValue("hash", hash);
            await head.ExecuteNonQueryAsync(cancellationToken);
        }
        foreach (var (_, sql) in indexes)
            Execute(sql);
        // Without it the planner knows nothing of the table until the server looks at it by itself.
        Execute("VACUUM (ANALYZE) audit");
        Execute("ANALYZE");
    }

    public async ValueTask DisposeAsync()
    {
        await importer.DisposeAsync();
        await connection.DisposeAsync();
    }

    private void Text(string? value)
    {
        if (value is null)
            importer.WriteNull();
        else
            importer.Write(value, NpgsqlDbType.Text);
    }

    private void Id(Guid? value)
    {
        if (value is { } id)
            importer.Write(id, NpgsqlDbType.Uuid);
        else
            importer.WriteNull();
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }
}
