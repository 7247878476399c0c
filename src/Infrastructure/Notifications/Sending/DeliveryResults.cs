using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>Writes down what came of a try: on the delivery, and on the channel, where people see it.</summary>
public sealed class DeliveryResults(LedgerStore ledger, NotificationOptions options)
{
    /// <summary>A receiver that asks for more is asked again after this anyway: its clock may be wrong.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    internal Task RecordAsync(Guid id, SendOutcome outcome, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                var delivery = await write.Db.Deliveries.FirstAsync(record => record.Id == id, write.CancellationToken);
                // It may have been removed while it was being tried.
                var channel = await write.Db.Channels.FirstOrDefaultAsync(record => record.Id == delivery.ChannelId, write.CancellationToken);
                delivery.Error = outcome.Error;
                if (outcome.IsSent)
                    (delivery.SentAt, delivery.DueAt) = (write.Now, null);
                else
                    delivery.DueAt = Next(delivery, outcome, write.Now);
                if (channel is null)
                    return true;
                Show(channel, outcome, write.Now);
                write.Notify(channel.ProjectId is { } project ? new Change.Project(project) : new Change.Bell(channel.UserId!.Value));
                if (!outcome.IsSent && delivery.DueAt is null)
                    await GiveUpAsync(write, channel, outcome);
                return true;
            },
            cancellationToken);

    internal Task DropAsync(Guid id, string why, CancellationToken cancellationToken) =>
        ledger.AppendAsync(
            db => db.Deliveries.Where(delivery => delivery.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.DueAt, (DateTimeOffset?)null).SetProperty(delivery => delivery.Error, why), cancellationToken),
            cancellationToken);

    /// <summary>What a channel shows of itself after a try.</summary>
    internal static void Show(ChannelRecord channel, SendOutcome outcome, DateTimeOffset now)
    {
        if (outcome.IsSent)
            (channel.DeliveredAt, channel.FailingSince, channel.LastError) = (now, null, null);
        else
            (channel.FailingSince, channel.LastError) = (channel.FailingSince ?? now, outcome.Error);
    }

    private DateTimeOffset? Next(DeliveryRecord delivery, SendOutcome outcome, DateTimeOffset now)
    {
        if (!outcome.MayRetry || delivery.Attempts > options.Retries.Count)
            return null;
        var pause = options.Retries[delivery.Attempts - 1];
        var asked = outcome.After is { } after ? TimeSpan.FromTicks(Math.Min(after.Ticks, LongestPause.Ticks)) : TimeSpan.Zero;
        return now + (asked > pause ? asked : pause);
    }

    // Its owner hears of it through the trail, by the bell.
    private static async Task GiveUpAsync(LedgerTransaction write, ChannelRecord channel, SendOutcome outcome)
    {
        var owner = channel.UserId is { } user
            ? await write.Db.Users.Where(record => record.Id == user).Select(record => record.Name).FirstOrDefaultAsync(write.CancellationToken)
            : channel.CreatedBy;
        write.Audit(Actor.System, "channel.fail", channel.ProjectId, null, channel.Name, after: new { channel.Id, Owner = owner, outcome.Error });
    }
}
