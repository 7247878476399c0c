using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ReleaseDashboard.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A connection that keeps its statements. SQLite compiles a statement each time it is prepared, the mapper makes a new
/// command for each question, and together that was a good part of what a write cost. For one thread at a time.
/// </summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    // What a program asks is bounded; this only guards against a text that holds values.
    private const int Kept = 256;

    private readonly Dictionary<string, SqliteCommand> idle = new(StringComparer.Ordinal);

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    /// <summary>A command with this text, compiled already if it was used before. Nobody else gets it until it is given back.</summary>
    internal SqliteCommand Take(string text)
    {
        if (idle.Remove(text, out var command))
            return command;
        command = base.CreateCommand();
        command.CommandText = text;
        return command;
    }

    internal void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        command.CommandTimeout = DefaultTimeout;
        if (idle.Count >= Kept || !idle.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in idle.Values)
                command.Dispose();
            idle.Clear();
        }
        base.Dispose(disposing);
    }
}
