using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>Adds, changes and removes channels: one's own, or those of a project one manages. What is refused is kept in the audit trail.</summary>
public sealed class ChannelActions(LedgerStore ledger, ChannelRules rules, ChannelVault vault, EmailConfirmations confirmations, RefusalTrail refusals, TimeProvider time)
{
    private const int Most = 20;

    /// <summary>Adds it. To an e-mail address a message goes at once that asks to confirm it, and nothing else before that is done.</summary>
    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<Result<ChannelMade, ActionResult>> AddAsync(Actor actor, ChannelOwner owner, ChannelDraft draft, CancellationToken cancellationToken) =>
        await FinishAsync(actor, owner, await TryAddAsync(actor, owner, draft, cancellationToken));

    /// <summary>
    /// Changes what the draft gives. A new address is given whole: nothing of the old one is shown or kept, and another e-mail address is
    /// confirmed anew.
    /// </summary>
    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<Result<ChannelMade, ActionResult>> ChangeAsync(Actor actor, ChannelOwner owner, Guid id, ChannelDraft draft, CancellationToken cancellationToken) =>
        await FinishAsync(actor, owner, await TryChangeAsync(actor, owner, id, draft, cancellationToken));

    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<ActionResult> RemoveAsync(Actor actor, ChannelOwner owner, Guid id, CancellationToken cancellationToken) =>
        await refusals.NoteAsync(actor, owner, await TryRemoveAsync(actor, owner, id, cancellationToken));

    private Task<Result<Entered, ActionResult>> TryAddAsync(Actor actor, ChannelOwner owner, ChannelDraft draft, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<Entered, ActionResult>>(
            async write =>
            {
                if (NotAllowed(actor, owner) is { } refused)
                    return write.Refuse(refused);
                if (draft.Kind == ChannelKind.Email)
                    await write.LockTrailAsync();
                if (draft.Kind is not { } kind || string.IsNullOrWhiteSpace(draft.Name))
                    return write.Refuse(Invalid("A channel has a kind and a name."));
                if (ChannelRules.Refuse(draft, owner.IsPerson) is { } fault)
                    return write.Refuse(Invalid(fault));
                var destination = rules.Destination(kind, draft);
                if (!destination.IsOk)
                    return write.Refuse(Invalid(destination.Error));
                if (await ChannelQueries.Of(write.Db, owner).CountAsync(write.CancellationToken) >= Most)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"There are {Most} channels already. Remove one first."));
                var id = Guid.CreateVersion7(time.GetUtcNow());
                var channel = new ChannelRecord
                {
                    Id = id,
                    UserId = (owner as ChannelOwner.Person)?.Id,
                    ProjectId = (owner as ChannelOwner.Project)?.Id,
                    Name = draft.Name.Trim(),
                    Kind = kind,
                    Target = destination.Value.Target,
                    Ciphertext = Encrypt(id, kind, destination.Value),
                    Events = [.. draft.Events ?? NoticeKinds.Usual(owner.IsPerson)],
                    IsEnabled = draft.IsEnabled ?? true,
                    CreatedAt = write.Now,
                    CreatedBy = actor.Name,
                };
                write.Db.Channels.Add(channel);
                Tell(write, actor, "channel.create", channel);
                return await EnteredAsync(write, actor, owner, channel, destination.Value.MadeKey, isNewAddress: true);
            },
            cancellationToken);

    private Task<Result<Entered, ActionResult>> TryChangeAsync(Actor actor, ChannelOwner owner, Guid id, ChannelDraft draft, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<Entered, ActionResult>>(
            async write =>
            {
                if (NotAllowed(actor, owner) is { } refused)
                    return write.Refuse(refused);
                if (draft.Address is not null)
                    await write.LockTrailAsync();
                if (await ChannelQueries.Of(write.Db, owner).FirstOrDefaultAsync(record => record.Id == id, write.CancellationToken) is not { } channel)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such channel."));
                if (ChannelRules.Refuse(draft, owner.IsPerson) is { } fault)
                    return write.Refuse(Invalid(fault));
                var before = new { channel.Name, channel.Target, channel.Events, channel.IsEnabled };
                var (made, isNewAddress) = ((string?)null, false);
                if (draft.Url is not null || draft.Address is not null)
                {
                    var destination = rules.Destination(channel.Kind, draft);
                    if (!destination.IsOk)
                        return write.Refuse(Invalid(destination.Error));
                    isNewAddress = channel.Target != destination.Value.Target;
                    (channel.Target, made) = (destination.Value.Target, destination.Value.MadeKey);
                    channel.Ciphertext = Encrypt(id, channel.Kind, destination.Value);
                    (channel.FailingSince, channel.LastError) = (null, null);
                }
                channel.Name = draft.Name?.Trim() ?? channel.Name;
                channel.Events = draft.Events is null ? channel.Events : [.. draft.Events];
                channel.IsEnabled = draft.IsEnabled ?? channel.IsEnabled;
                Tell(write, actor, "channel.update", channel, before);
                return await EnteredAsync(write, actor, owner, channel, made, isNewAddress);
            },
            cancellationToken);

    private Task<ActionResult> TryRemoveAsync(Actor actor, ChannelOwner owner, Guid id, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (NotAllowed(actor, owner) is { } refused)
                    return write.Refuse(refused);
                if (await ChannelQueries.Of(write.Db, owner).FirstOrDefaultAsync(record => record.Id == id, write.CancellationToken) is not { } channel)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such channel."));
                write.Db.Channels.Remove(channel);
                Tell(write, actor, "channel.remove", channel);
                return ActionResult.Done;
            },
            cancellationToken);

    internal static ActionResult? NotAllowed(Actor actor, ChannelOwner owner) => owner switch
    {
        ChannelOwner.Person person when actor.Kind == "system" || string.Equals(actor.Name, person.Name, StringComparison.OrdinalIgnoreCase) => null,
        ChannelOwner.Person => ActionResult.Refused(Refusal.NotAllowed, "A channel belongs to one person; only that person changes it."),
        ChannelOwner.Project project => Access.WhyNot(actor, Permission.ManageProjectChannels, project.Id),
        _ => throw new InvalidOperationException($"Unknown owner {owner}."),
    };

    /// <summary>The end of a write that gave an address: one of e-mail is to be confirmed.</summary>
    private async Task<Result<Entered, ActionResult>> EnteredAsync(LedgerTransaction write, Actor actor, ChannelOwner owner, ChannelRecord channel, string? key, bool isNewAddress)
    {
        if (channel.Kind != ChannelKind.Email || !isNewAddress)
            return new Entered(channel.Id, key, channel.Target);
        channel.ConfirmedAt = null;
        await EmailConfirmations.EndAsync(write, channel.Id);
        if (!confirmations.CanSend)
            return new Entered(channel.Id, key, channel.Target) { IsUnconfirmed = true };
        var asked = await confirmations.AskAsync_NeedsTrailLock(write, actor, owner, channel);
        return asked.IsOk ? new Entered(channel.Id, key, channel.Target) { IsUnconfirmed = true, Mail = asked.Value } : write.Refuse(asked.Error);
    }

    private async Task<Result<ChannelMade, ActionResult>> FinishAsync(Actor actor, ChannelOwner owner, Result<Entered, ActionResult> result)
    {
        if (!result.IsOk)
            return await refusals.NoteAsync(actor, owner, result.Error);
        var entered = result.Value;
        var outcome = entered.Mail is { } mail ? await confirmations.SendAsync(mail, owner) : null;
        return new ChannelMade(entered.Id, entered.Key, !entered.IsUnconfirmed ? null : outcome switch
        {
            null => $"{entered.Target} is not confirmed yet, and nothing goes there before: no mail server is set up here. Once one is, have the confirmation message sent again.",
            { IsSent: true } => $"{entered.Target} is not confirmed yet: open the link we mailed there, within {EmailConfirmations.Lifetime.TotalHours:0} hours. Nothing else goes there before.",
            _ => $"{entered.Target} is not confirmed yet, and nothing else goes there before. The confirmation message did not go out; have it sent again later. {outcome.Error}",
        });
    }

    private static void Tell(LedgerTransaction write, Actor actor, string action, ChannelRecord channel, object? before = null)
    {
        write.Audit(actor, action, channel.ProjectId, null, channel.Name, before, new { channel.Id, channel.Kind, channel.Target, channel.Events, channel.IsEnabled });
        write.Notify(channel.ProjectId is { } project ? new Change.Project(project) : new Change.Bell(channel.UserId!.Value));
    }

    private string? Encrypt(Guid id, ChannelKind kind, ChannelDestination destination) => kind == ChannelKind.Email ? null : vault.Protect(id, destination.Secret);

    /// <summary>What a write has entered.</summary>
    /// <param name="Key">A signing key that was made, or null.</param>
    private sealed record Entered(Guid Id, string? Key, string Target)
    {
        /// <summary>Whether its address has to be confirmed first.</summary>
        public bool IsUnconfirmed { get; init; }

        /// <summary>What is to be sent once this is committed.</summary>
        public ConfirmationMail? Mail { get; init; }
    }

    private static ActionResult Invalid(string message) => ActionResult.Refused(Refusal.Invalid, message);
}
