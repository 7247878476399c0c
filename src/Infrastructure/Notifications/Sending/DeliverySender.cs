using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>
/// Sends what is due. A delivery is taken by a conditional update that also says when it may be taken again, so a process that
/// dies leaves it to the next one, and two never send it at once. One at a time goes to a channel, and no channel waits for another.
/// </summary>
public sealed partial class DeliverySender(
    LedgerStore ledger, ChannelSenders senders, DeliveryResults results, NotificationOptions options, TimeProvider time, ILogger<DeliverySender> logger)
{
    private const int Most = 100;

    private readonly ConcurrentDictionary<Guid, Task> busy = new();

    /// <summary>Starts sending what is due. Does not wait for it.</summary>
    /// <param name="finished">Called when a channel is free again: something may have become due for it.</param>
    /// <returns>When the next one is due, or null when none waits.</returns>
    public async Task<DateTimeOffset?> StartDueAsync(Action finished, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = ledger.Read();
        var due = await db.Deliveries.Where(delivery => delivery.DueAt <= now).OrderBy(delivery => delivery.DueAt)
            .Select(delivery => new Due(delivery.Id, delivery.ChannelId, delivery.DueAt!.Value, delivery.Attempts)).Take(Most).ToListAsync(cancellationToken);
        foreach (var channel in due.GroupBy(delivery => delivery.ChannelId))
        {
            // Whoever is not finished looks again at the end.
            if (busy.ContainsKey(channel.Key))
                continue;
            var started = new TaskCompletionSource();
            busy[channel.Key] = started.Task;
            _ = SendAllAsync(channel.Key, [.. channel], started, finished, cancellationToken);
        }
        return await db.Deliveries.Where(delivery => delivery.DueAt > now).MinAsync(delivery => delivery.DueAt, cancellationToken);
    }

    /// <summary>Waits until nothing is being sent any more.</summary>
    public Task FinishAsync() => Task.WhenAll(busy.Values);

    private async Task SendAllAsync(Guid channel, IReadOnlyList<Due> deliveries, TaskCompletionSource done, Action finished, CancellationToken cancellationToken)
    {
        try
        {
            // Off the loop's thread: it must go on to other channels.
            await Task.Yield();
            foreach (var delivery in deliveries)
                await SendAsync(delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops; what was taken comes up again.
        }
        catch (Exception exception)
        {
            // The database may be away. The delivery comes up again, and a channel never takes anything else down.
            Log.Failed(logger, channel, exception);
        }
        finally
        {
            busy.TryRemove(channel, out _);
            done.SetResult();
            finished();
        }
    }

    private async Task SendAsync(Due due, CancellationToken cancellationToken)
    {
        if (!await TakeAsync(due, cancellationToken))
            return;
        await using var db = ledger.Read();
        var delivery = await db.Deliveries.FirstAsync(record => record.Id == due.Id, cancellationToken);
        var channel = await db.Channels.FirstOrDefaultAsync(record => record.Id == due.ChannelId, cancellationToken);
        if (channel is not { IsEnabled: true, MayCarry: true })
        {
            await results.DropAsync(due.Id, channel is null ? "The channel was removed." : channel.IsEnabled ? "The address is not confirmed." : "The channel is switched off.", cancellationToken);
            return;
        }
        var outcome = await senders.SendAsync(channel, new Parcel(delivery.Id, delivery.Attempts, OutgoingMessages.Read(delivery.Messages)), cancellationToken);
        // It is out: that is written down even while the process stops.
        await results.RecordAsync(delivery.Id, outcome, CancellationToken.None);
    }

    private async Task<bool> TakeAsync(Due due, CancellationToken cancellationToken)
    {
        // Longer than any try lasts, so that nobody takes it while it is being sent.
        var again = time.GetUtcNow() + (2 * options.Patience) + TimeSpan.FromSeconds(30);
        var taken = 0;
        await ledger.AppendAsync(
            async db => taken = await db.Deliveries.Where(delivery => delivery.Id == due.Id && delivery.Attempts == due.Attempts && delivery.DueAt == due.At)
                .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.Attempts, due.Attempts + 1).SetProperty(delivery => delivery.DueAt, again), cancellationToken),
            cancellationToken);
        return taken == 1;
    }

    private sealed record Due(Guid Id, Guid ChannelId, DateTimeOffset At, int Attempts);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A delivery to channel {Channel} broke off; it is tried again.")]
        public static partial void Failed(ILogger logger, Guid channel, Exception exception);
    }
}
