using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>
/// The one way to read and write the ledger. A write is one transaction that ends with its audit entries; only after the
/// commit do others hear of it.
/// </summary>
public sealed class LedgerStore(LedgerContextFactory contexts, ChangeFeed changes, TimeProvider time) : IDisposable
{
    // SQLite has one writer. Waiting here is fair and immediate; its own busy handler polls every 150 ms.
    private readonly SemaphoreSlim sqliteWriter = new(1, 1);

    // Its connection stays open: setting one up costs more than most writes. Whoever holds the semaphore uses it.
    private LedgerContext? sqliteContext;

    // Asked by every write, so it is compiled once.
    private readonly Func<LedgerContext, CancellationToken, Task<AuditHeadRecord>> auditHead =
        EF.CompileAsyncQuery((LedgerContext db, CancellationToken _) => db.AuditHead.AsTracking().Single());

    public bool IsSqlite => contexts.IsSqlite;

    /// <summary>A context for reading. What it tracks is never saved.</summary>
    public LedgerContext Read()
    {
        var context = contexts.Open();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    /// <summary>A context whose reads all see the ledger as it is at the first of them, however many follow.</summary>
    public async Task<LedgerContext> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        var context = Read();
        try
        {
            if (IsSqlite)
            {
                await context.Database.OpenConnectionAsync(cancellationToken);
                // Deferred: it never asks for the writer's lock. It ends with the connection, which the context closes.
                await context.Database.UseTransactionAsync(((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true), cancellationToken);
            }
            else
            {
                await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            }
            return context;
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection of its own that is not open yet, for reading without the mapper.</summary>
    internal DbConnection Connect() => contexts.Connect();

    /// <summary>Asks for a single number without the mapper, for what the very first page waits for.</summary>
    /// <param name="sql">A query of this program, never made of values.</param>
    internal async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = contexts.Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>Brings the database to the current schema, creating it when it is not there.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        // Migrating compares whole models and takes a lock even when nothing is missing: the start of a program would wait for it.
        if (await LedgerSchema.IsCurrentAsync(contexts, cancellationToken))
            return;
        await using var context = contexts.Open();
        // Readers never wait for the writer; the setting stays in the file. With SQLite's own default (synchronous FULL) a
        // commit is on the disk before it is acknowledged: what a person was told must survive a power cut.
        if (IsSqlite)
            await context.Database.ExecuteSqlAsync($"PRAGMA journal_mode=WAL", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction with its audit entries, then tells who listens.</summary>
    public async Task<T> WriteAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        LedgerTransaction? transaction = null;
        var result = await UseAsync(
            async context =>
            {
                await using var database = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
                transaction = new LedgerTransaction(context, IsSqlite, auditHead, time.GetUtcNow(), cancellationToken);
                var answer = await work(transaction);
                if (!transaction.IsRefused)
                {
                    await transaction.FinishAsync(changes);
                    // Once the commit has begun it is not cancelled: half an answer is worse than a late one.
                    await database.CommitAsync(CancellationToken.None);
                }
                return answer;
            },
            cancellationToken);
        if (!transaction!.IsRefused)
            changes.Publish(transaction.Changes);
        return result;
    }

    /// <summary>Appends data that is no decision (log lines, heartbeats): no audit entry, no notice.</summary>
    public Task AppendAsync(Func<LedgerContext, Task> work, CancellationToken cancellationToken) =>
        UseAsync(
            async context =>
            {
                await work(context);
                return true;
            },
            cancellationToken);

    /// <summary>
    /// Asks or changes a single thing without an audit entry, with the writer's connection. On SQLite opening one for
    /// reading takes longer than a small question: the mapper's functions are registered at each opening.
    /// </summary>
    internal Task<T> AskAsync<T>(Func<LedgerContext, Task<T>> work, CancellationToken cancellationToken) => UseAsync(work, cancellationToken);

    public void Dispose()
    {
        sqliteContext?.Dispose();
        sqliteWriter.Dispose();
    }

    /// <summary>Lends a context that tracks and saves.</summary>
    private async Task<T> UseAsync<T>(Func<LedgerContext, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!IsSqlite)
        {
            await using var context = ForWriting(contexts.Open());
            return await work(context);
        }
        await sqliteWriter.WaitAsync(cancellationToken);
        try
        {
            var context = sqliteContext ??= await OpenWriterAsync(cancellationToken);
            var result = await work(context);
            context.ChangeTracker.Clear();
            return result;
        }
        catch
        {
            // Whatever state it is in, the next write begins with a fresh one.
            sqliteContext?.Dispose();
            sqliteContext = null;
            throw;
        }
        finally
        {
            sqliteWriter.Release();
        }
    }

    private async Task<LedgerContext> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var context = ForWriting(contexts.OpenSqliteWriter());
        await context.Database.OpenConnectionAsync(cancellationToken);
        return context;
    }

    private static LedgerContext ForWriting(LedgerContext context)
    {
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        // A save that fails ends its whole write: nobody goes back to a savepoint, and setting one costs two statements.
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }
}
