using Npgsql;

namespace ReleaseDashboard.TestSupport.Databases;

/// <summary>A database of one test on the shared server.</summary>
public sealed class PostgresDatabase(PostgresServer server, string name) : IAsyncDisposable
{
    public string ConnectionString { get; } = server.ConnectionStringOf(name);

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await server.ExecuteAsync($"DROP DATABASE \"{name}\" WITH (FORCE)", CancellationToken.None);
    }
}
