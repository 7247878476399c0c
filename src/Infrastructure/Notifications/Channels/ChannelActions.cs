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
public sealed class ChannelActions(LedgerStore ledger, ChannelRules rules, ChannelVault vault, RefusalTrail refusals, TimeProvider time)
{
    private const int Most = 20;

    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<Result<ChannelMade, ActionResult>> AddAsync(Actor actor, ChannelOwner owner, ChannelDraft draft, CancellationToken cancellationToken) =>
        await NoteAsync(actor, owner, await TryAddAsync(actor, owner, draft, cancellationToken));

    /// <summary>Changes what the draft gives. A new address is given whole: nothing of the old one is shown or kept.</summary>
    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<Result<ChannelMade, ActionResult>> ChangeAsync(Actor actor, ChannelOwner owner, Guid id, ChannelDraft draft, CancellationToken cancellationToken) =>
        await NoteAsync(actor, owner, await TryChangeAsync(actor, owner, id, draft, cancellationToken));

    [Needs(Permission.ManageProjectChannels, OrOwn = true)]
    public async Task<ActionResult> RemoveAsync(Actor actor, ChannelOwner owner, Guid id, CancellationToken cancellationToken) =>
        await NoteAsync(actor, owner, await TryRemoveAsync(actor, owner, id, cancellationToken));

    private Task<Result<ChannelMade, ActionResult>> TryAddAsync(Actor actor, ChannelOwner owner, ChannelDraft draft, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<ChannelMade, ActionResult>>(
            async write =>
            {
                if (NotAllowed(actor, owner) is { } refused)
                    return write.Refuse(refused);
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
                return new ChannelMade(id, destination.Value.MadeKey);
            },
            cancellationToken);

    private Task<Result<ChannelMade, ActionResult>> TryChangeAsync(Actor actor, ChannelOwner owner, Guid id, ChannelDraft draft, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<ChannelMade, ActionResult>>(
            async write =>
            {
                if (NotAllowed(actor, owner) is { } refused)
                    return write.Refuse(refused);
                if (await ChannelQueries.Of(write.Db, owner).FirstOrDefaultAsync(record => record.Id == id, write.CancellationToken) is not { } channel)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such channel."));
                if (ChannelRules.Refuse(draft, owner.IsPerson) is { } fault)
                    return write.Refuse(Invalid(fault));
                var before = new { channel.Name, channel.Target, channel.Events, channel.IsEnabled };
                string? made = null;
                if (draft.Url is not null || draft.Address is not null)
                {
                    var destination = rules.Destination(channel.Kind, draft);
                    if (!destination.IsOk)
                        return write.Refuse(Invalid(destination.Error));
                    (channel.Target, made) = (destination.Value.Target, destination.Value.MadeKey);
                    channel.Ciphertext = Encrypt(id, channel.Kind, destination.Value);
                    (channel.FailingSince, channel.LastError) = (null, null);
                }
                channel.Name = draft.Name?.Trim() ?? channel.Name;
                channel.Events = draft.Events is null ? channel.Events : [.. draft.Events];
                channel.IsEnabled = draft.IsEnabled ?? channel.IsEnabled;
                Tell(write, actor, "channel.update", channel, before);
                return new ChannelMade(id, made);
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

    private async Task<Result<ChannelMade, ActionResult>> NoteAsync(Actor actor, ChannelOwner owner, Result<ChannelMade, ActionResult> result)
    {
        if (!result.IsOk)
            await NoteAsync(actor, owner, result.Error);
        return result;
    }

    private Task<ActionResult> NoteAsync(Actor actor, ChannelOwner owner, ActionResult result) => owner switch
    {
        ChannelOwner.Project project => refusals.NoteAsync(actor, RefusedCall.OfChannel, project.Id, project.Name, result),
        ChannelOwner.Person person => refusals.NoteAsync(actor, RefusedCall.OfChannel, null, person.Name, result),
        _ => throw new InvalidOperationException($"Unknown owner {owner}."),
    };

    private static void Tell(LedgerTransaction write, Actor actor, string action, ChannelRecord channel, object? before = null)
    {
        write.Audit(actor, action, channel.ProjectId, null, channel.Name, before, new { channel.Id, channel.Kind, channel.Target, channel.Events, channel.IsEnabled });
        write.Notify(channel.ProjectId is { } project ? new Change.Project(project) : new Change.Bell(channel.UserId!.Value));
    }

    private string? Encrypt(Guid id, ChannelKind kind, ChannelDestination destination) => kind == ChannelKind.Email ? null : vault.Protect(id, destination.Secret);

    private static ActionResult Invalid(string message) => ActionResult.Refused(Refusal.Invalid, message);
}
