using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Web.Configuration;

/// <summary>Takes the data folder for this process (SQLite) and brings the ledger to the current schema before anything uses it.</summary>
internal sealed class LedgerStart(LedgerStore ledger, DashboardOptions options) : IHostedService, IDisposable
{
    private DataFolderLock? _lock;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (ledger.IsSqlite)
            _lock = DataFolderLock.Take(options.DataFolder);
        await ledger.MigrateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not at the stop: other services still finish their writes then.
    public void Dispose() => _lock?.Dispose();
}
