using System.Buffers.Text;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ReleaseDashboard.Core.Audit;
using SQLitePCL;

namespace ReleaseDashboard.Infrastructure.Audit.Reading;

/// <summary>
/// Steps through the table with SQLite's own calls, on a connection of its own. The ADO provider makes strings of every
/// column, which took longer than all hashing, and its handle cannot be borrowed: it is compiled against a later version
/// of the binding than there is (docs/decisions/0001).
/// </summary>
internal sealed class SqliteAuditSource : IRawAuditSource
{
    private const int CheckEvery = 4096;

    // In milliseconds. Readers wait for nobody in this mode of the file, except while it is opened for the first time.
    private const int BusyTimeout = 60_000;

    // Pages come from the file's mapping instead of being copied one by one.
    private const string Mapping = "PRAGMA mmap_size = 17179869184";

    private readonly sqlite3 database;

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public SqliteAuditSource(string file)
    {
        var opened = raw.sqlite3_open_v2(file, out database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (opened != raw.SQLITE_OK)
            throw Failed(opened);
        raw.sqlite3_busy_timeout(database, BusyTimeout);
        raw.sqlite3_exec(database, Mapping);
    }

    public void Read(long first, long last, RawAuditReader reader, CancellationToken cancellationToken)
    {
        var sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {RawAuditSources.Columns} FROM audit WHERE \"Sequence\" BETWEEN {first} AND {last} ORDER BY \"Sequence\"");
        var prepared = raw.sqlite3_prepare_v2(database, sql, out var statement);
        using (statement)
        {
            if (prepared != raw.SQLITE_OK)
                throw Failed(prepared);
            for (var count = 1; ; count++)
            {
                var step = raw.sqlite3_step(statement);
                if (step == raw.SQLITE_DONE)
                    return;
                if (step != raw.SQLITE_ROW)
                    throw Failed(step);
                if (!reader(Entry(statement)))
                    return;
                if (count % CheckEvery == 0)
                    cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public void Dispose() => database.Dispose();

    private SqliteException Failed(int code) => new($"SQLite error {code}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", code);

    private static RawAuditEntry Entry(sqlite3_stmt statement)
    {
        string? unreadable = null;
        return new RawAuditEntry
        {
            Sequence = Number(statement, 0, "Sequence", ref unreadable),
            At = Number(statement, 1, "At", ref unreadable),
            ActorKind = Text(statement, 2, "ActorKind", ref unreadable),
            ActorName = Text(statement, 3, "ActorName", ref unreadable),
            Action = Text(statement, 4, "Action", ref unreadable),
            ProjectId = Id(statement, 5, "ProjectId", ref unreadable),
            ReleaseId = Id(statement, 6, "ReleaseId", ref unreadable),
            Subject = Text(statement, 7, "Subject", ref unreadable),
            Before = Optional(statement, 8, "Before", out var hasBefore, ref unreadable),
            HasBefore = hasBefore,
            After = Optional(statement, 9, "After", out var hasAfter, ref unreadable),
            HasAfter = hasAfter,
            PreviousHash = Text(statement, 10, "PreviousHash", ref unreadable),
            Hash = Text(statement, 11, "Hash", ref unreadable),
            Unreadable = unreadable,
        };
    }

    // SQLite would turn any value into the type that is asked for; a column of another type was not written by the product.
    private static long Number(sqlite3_stmt statement, int column, string name, scoped ref string? unreadable)
    {
        if (raw.sqlite3_column_type(statement, column) != raw.SQLITE_INTEGER)
            unreadable = name;
        return raw.sqlite3_column_int64(statement, column);
    }

    private static ReadOnlySpan<byte> Text(sqlite3_stmt statement, int column, string name, scoped ref string? unreadable)
    {
        if (raw.sqlite3_column_type(statement, column) != raw.SQLITE_TEXT)
            unreadable = name;
        return raw.sqlite3_column_blob(statement, column);
    }

    private static ReadOnlySpan<byte> Optional(sqlite3_stmt statement, int column, string name, out bool has, scoped ref string? unreadable)
    {
        has = raw.sqlite3_column_type(statement, column) != raw.SQLITE_NULL;
        return has ? Text(statement, column, name, ref unreadable) : default;
    }

    private static Guid? Id(sqlite3_stmt statement, int column, string name, scoped ref string? unreadable)
    {
        var text = Optional(statement, column, name, out var has, ref unreadable);
        if (!has)
            return null;
        if (!Utf8Parser.TryParse(text, out Guid id, out var used) || used != text.Length)
            unreadable = name;
        return id;
    }
}
