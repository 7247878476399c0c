using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Changes;

/// <summary>
/// Tells this process, and on PostgreSQL every process, that something changed. Handlers run on the publisher's thread and
/// must only note the change and return.
/// </summary>
public sealed class ChangeFeed
{
    internal const string Channel = "release_dashboard";

    private readonly Lock gate = new();
    private Action<Change>[] handlers = [];

    /// <summary>Marks what this process sent, so that it does not hear itself.</summary>
    internal string Origin { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>Calls <paramref name="handler"/> for each change until the result is disposed.</summary>
    public IDisposable Subscribe(Action<Change> handler)
    {
        lock (gate)
            handlers = [.. handlers, handler];
        return new Subscription(this, handler);
    }

    public void Publish(params IReadOnlyCollection<Change> changes)
    {
        foreach (var change in changes)
        {
            foreach (var handler in handlers)
                handler(change);
        }
    }

    /// <summary>Sends the changes to other processes with the commit of the current transaction (PostgreSQL NOTIFY).</summary>
    internal async Task NotifyOthersAsync(LedgerContext db, IEnumerable<Change> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            var payload = $"{Origin} {change.ToText()}";
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {payload})", cancellationToken);
        }
    }

    private sealed class Subscription(ChangeFeed feed, Action<Change> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (feed.gate)
                feed.handlers = [.. feed.handlers.Where(other => other != handler)];
        }
    }
}
