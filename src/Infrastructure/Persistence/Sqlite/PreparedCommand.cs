using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ReleaseDashboard.Infrastructure.Persistence.Sqlite;

/// <summary>Looks like a new command and runs one that <see cref="PreparedConnection"/> kept.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private SqliteCommand? command;

    [AllowNull]
    public override string CommandText
    {
        get => command?.CommandText ?? "";
        set
        {
            if (command is not null)
                throw new InvalidOperationException("The text is set once, before the parameters: it chooses the command that is run.");
            command = connection.Take(value ?? "");
        }
    }

    public override int CommandTimeout
    {
        get => Command.CommandTimeout;
        set => Command.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => Command.CommandType;
        set => Command.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException("The command belongs to the connection that made it.");
    }

    protected override DbParameterCollection DbParameterCollection => Command.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => Command.Transaction;
        set => Command.Transaction = (SqliteTransaction?)value;
    }

    private SqliteCommand Command => command ?? throw new InvalidOperationException("The command has no text yet.");

    // SQLite does not wait for anything that could be cancelled.
    public override void Cancel()
    {
    }

    public override void Prepare() => Command.Prepare();

    public override int ExecuteNonQuery() => Command.ExecuteNonQuery();

    public override object? ExecuteScalar() => Command.ExecuteScalar();

    protected override DbParameter CreateDbParameter() => Command.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Command.ExecuteReader(behavior);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<DbDataReader>(Command.ExecuteReader(behavior));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && command is not null)
        {
            connection.GiveBack(command);
            command = null;
        }
        base.Dispose(disposing);
    }
}
