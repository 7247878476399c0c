using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>
/// Nothing is mailed to an address before somebody who may change the channel has shown to read it: else anybody could make this
/// server write to strangers. One message goes there, with a link that counts once and not for long.
/// </summary>
public sealed class EmailConfirmations(LedgerStore ledger, EmailSender sender, RefusalTrail refusals, NotificationOptions options, TimeProvider time)
{
    /// <summary>How long a link counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How many messages one person may have sent in an hour, over all own and project channels; a project has as many.</summary>
    public const int MostAnHour = 5;

    /// <summary>Whether there is a mail server.</summary>
    internal bool CanSend => options.Mail is not null;

    /// <summary>Sends another message. Links that went out before stay good.</summary>
    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<ActionResult> SendAgainAsync(Actor actor, ChannelOwner owner, Guid id, CancellationToken cancellationToken)
    {
        var asked = await ledger.WriteAsync<Result<ConfirmationMail, ActionResult>>(
            async write =>
            {
                if (ChannelActions.NotAllowed(actor, owner) is { } refused)
                    return write.Refuse(refused);
                await write.LockTrailAsync();
                if (await FindAsync(write, owner, id) is not { } channel)
                    return write.Refuse(NoChannel);
                if (channel.MayCarry)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"There is nothing to confirm: messages go to {channel.Target}."));
                if (!CanSend)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, "No mail server is set up. An administrator sets Mail:Host."));
                var mail = await AskAsync_NeedsTrailLock(write, actor, owner, channel);
                return mail.IsOk ? mail : write.Refuse(mail);
            },
            cancellationToken);
        if (!asked.IsOk)
            return await refusals.NoteAsync(actor, owner, asked.Error);
        var outcome = await SendAsync(asked.Value, owner);
        return outcome.IsSent ? ActionResult.Done : ActionResult.Refused(Refusal.Conflict, $"The message did not go out. {outcome.Error}");
    }

    /// <summary>Takes the code of a message: from now on notices go to the address.</summary>
    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<ActionResult> ConfirmAsync(Actor actor, ChannelOwner owner, Guid id, string code, CancellationToken cancellationToken) =>
        await refusals.NoteAsync(actor, owner, await ledger.WriteAsync(
            async write =>
            {
                if (ChannelActions.NotAllowed(actor, owner) is { } refused)
                    return write.Refuse(refused);
                // The address must not change between the look at the code and the commit.
                await write.LockTrailAsync();
                if (await FindAsync(write, owner, id) is not { } channel)
                    return write.Refuse(NoChannel);
                if (channel.MayCarry)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"There is nothing to confirm: messages go to {channel.Target}."));
                var (hash, since) = (ConfirmationMail.Hash(code.Trim()), write.Now - Lifetime);
                if (!await write.Db.EmailConfirmations.AnyAsync(sent => sent.ChannelId == id && sent.Hash == hash && sent.EndedAt == null && sent.AskedAt > since, write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, $"This link does not count: it is older than {Lifetime.TotalHours:0} hours, was used, or the address was changed since. Have another one sent."));
                channel.ConfirmedAt = write.Now;
                await EndAsync(write, id);
                write.Audit(actor, "channel.confirm", channel.ProjectId, null, channel.Name, after: new { channel.Id, channel.Target });
                write.Notify(Changed(owner));
                return ActionResult.Done;
            },
            cancellationToken));

    /// <summary>
    /// Writes down that a message is asked for; <see cref="SendAsync"/> sends it, after the commit. The caller has locked the trail before
    /// it read the channel: two at once must not both be the last one that is allowed, and no code may go to an address that was changed.
    /// </summary>
    internal async Task<Result<ConfirmationMail, ActionResult>> AskAsync_NeedsTrailLock(LedgerTransaction write, Actor actor, ChannelOwner owner, ChannelRecord channel)
    {
        var (key, since) = (owner.Key, write.Now - TimeSpan.FromHours(1));
        // The command line acts for whoever the channel belongs to.
        var by = actor.Kind == "system" ? null : actor.Name;
        var sent = await write.Db.EmailConfirmations.Where(other => other.AskedAt > since && (other.OwnerId == key || other.AskedBy == by))
            .OrderByDescending(other => other.AskedAt).Select(other => other.AskedAt).Take(MostAnHour).ToListAsync(write.CancellationToken);
        if (sent.Count == MostAnHour)
            return ActionResult.Refused(Refusal.Conflict, $"{MostAnHour} confirmation messages went out within an hour. The next one may go in {Math.Ceiling((sent[^1] - since).TotalMinutes):0} min.");
        var (id, code) = (Guid.CreateVersion7(time.GetUtcNow()), ConfirmationMail.NewCode());
        write.Db.EmailConfirmations.Add(new EmailConfirmationRecord
        {
            Id = id, ChannelId = channel.Id, OwnerId = key, Hash = ConfirmationMail.Hash(code), AskedBy = actor.Name, AskedAt = write.Now,
        });
        write.Audit(actor, "channel.ask", channel.ProjectId, null, channel.Name, after: new { channel.Id, channel.Target });
        return ConfirmationMail.Of(id, channel.Id, channel.Target, code, actor, owner, write.Now);
    }

    /// <summary>Sends at once, in this process: the code is nowhere but in the message. It is not cancelled with the request, so that a message that is out is never sent unseen.</summary>
    internal async Task<SendOutcome> SendAsync(ConfirmationMail mail, ChannelOwner owner)
    {
        var outcome = await sender.SendAsync(new ChannelAddress(mail.Address, new ChannelSecret()), new Parcel(mail.Id, 1, [mail.Message]), CancellationToken.None);
        await ledger.WriteAsync(
            async write =>
            {
                if (await write.Db.EmailConfirmations.FirstOrDefaultAsync(record => record.Id == mail.Id, write.CancellationToken) is { } row)
                    (row.SentAt, row.Error) = (outcome.IsSent ? write.Now : null, outcome.Error);
                write.Notify(Changed(owner));
                return true;
            },
            CancellationToken.None);
        return outcome;
    }

    /// <summary>Links that went out before count no more.</summary>
    internal static Task EndAsync(LedgerTransaction write, Guid channel) =>
        write.Db.EmailConfirmations.Where(sent => sent.ChannelId == channel && sent.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(sent => sent.EndedAt, write.Now), write.CancellationToken);

    private static ActionResult NoChannel => ActionResult.Refused(Refusal.NotFound, "There is no such channel.");

    private static Task<ChannelRecord?> FindAsync(LedgerTransaction write, ChannelOwner owner, Guid id) =>
        ChannelQueries.Of(write.Db, owner).FirstOrDefaultAsync(record => record.Id == id, write.CancellationToken);

    private static Change Changed(ChannelOwner owner) => owner is ChannelOwner.Project ? new Change.Project(owner.Key) : new Change.Bell(owner.Key);
}
