using System.Data;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Changes;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>
/// The one way to read and write the ledger. A write is one transaction that ends with its audit entries; only after the
/// commit do others hear of it.
/// </summary>
public sealed class LedgerStore(LedgerContextFactory contexts, ChangeFeed changes, TimeProvider time) : IDisposable
{
    // SQLite has one writer. Waiting here is fair and immediate; its own busy handler polls every 150 ms.
    private readonly SemaphoreSlim sqliteWriter = new(1, 1);

    public bool IsSqlite => contexts.IsSqlite;

    /// <summary>A context for reading. What it tracks is never saved.</summary>
    public LedgerContext Read()
    {
        var context = contexts.Open();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    /// <summary>Brings the database to the current schema, creating it when it is not there.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = contexts.Open();
        await context.Database.MigrateAsync(cancellationToken);
        // Readers never wait for the writer; the setting stays in the file. With SQLite's own default (synchronous FULL) a
        // commit is on the disk before it is acknowledged: what a person was told must survive a power cut.
        if (IsSqlite)
            await context.Database.ExecuteSqlAsync($"PRAGMA journal_mode=WAL", cancellationToken);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction with its audit entries, then tells who listens.</summary>
    public async Task<T> WriteAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        LedgerTransaction transaction;
        T result;
        if (IsSqlite)
            await sqliteWriter.WaitAsync(cancellationToken);
        try
        {
            await using var context = contexts.Open();
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            await using var database = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            transaction = new LedgerTransaction(context, IsSqlite, time.GetUtcNow(), cancellationToken);
            result = await work(transaction);
            if (!transaction.IsRefused)
            {
                await transaction.FinishAsync(changes);
                // Once the commit has begun it is not cancelled: half an answer is worse than a late one.
                await database.CommitAsync(CancellationToken.None);
            }
        }
        finally
        {
            if (IsSqlite)
                sqliteWriter.Release();
        }
        if (!transaction.IsRefused)
            changes.Publish(transaction.Changes);
        return result;
    }

    /// <summary>Appends data that is no decision (log lines, heartbeats): no audit entry, no notice.</summary>
    public async Task AppendAsync(Func<LedgerContext, Task> work, CancellationToken cancellationToken)
    {
        if (IsSqlite)
            await sqliteWriter.WaitAsync(cancellationToken);
        try
        {
            await using var context = contexts.Open();
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            await work(context);
        }
        finally
        {
            if (IsSqlite)
                sqliteWriter.Release();
        }
    }

    public void Dispose() => sqliteWriter.Dispose();
}
