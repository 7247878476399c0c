using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>Sends one message through a channel at once, so that whoever set it up sees whether it gets through.</summary>
public sealed class ChannelTest(LedgerStore ledger, ChannelSenders senders, TimeProvider time)
{
    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<ActionResult> RunAsync(Actor actor, ChannelOwner owner, Guid id, CancellationToken cancellationToken)
    {
        if (ChannelActions.NotAllowed(actor, owner) is { } refused)
            return refused;
        await using var db = ledger.Read();
        if (await ChannelQueries.Of(db, owner).FirstOrDefaultAsync(record => record.Id == id, cancellationToken) is not { } channel)
            return ActionResult.Refused(Refusal.NotFound, "There is no such channel.");
        if (!channel.MayCarry)
            return ActionResult.Refused(Refusal.Conflict, $"{channel.Target} is not confirmed yet, and nothing else goes there before: open the link of the confirmation message, or have it sent again.");
        var now = time.GetUtcNow();
        var message = new ChannelMessage(
            "test", $"A test of the channel {channel.Name}", $"{actor.Name} sent it. Notices will look like this.", owner.Path, now, (owner as ChannelOwner.Project)?.Name, null, null, null, 0);
        var outcome = await senders.SendAsync(channel, new Parcel(Guid.CreateVersion7(now), 1, [message]), cancellationToken);
        await ledger.WriteAsync(
            async write =>
            {
                if (await write.Db.Channels.FirstOrDefaultAsync(record => record.Id == id, write.CancellationToken) is not { } tried)
                    return write.Refuse(false);
                DeliveryResults.Show(tried, outcome, write.Now);
                write.Audit(actor, "channel.test", tried.ProjectId, null, tried.Name, after: new { tried.Id, Delivered = outcome.IsSent, outcome.Error });
                return true;
            },
            cancellationToken);
        return outcome.IsSent ? ActionResult.Done : ActionResult.Refused(Refusal.Conflict, $"It did not get through. {outcome.Error}");
    }
}
