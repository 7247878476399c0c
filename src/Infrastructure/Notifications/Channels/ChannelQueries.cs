using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>Reads channels, never their secrets.</summary>
public sealed class ChannelQueries(LedgerStore ledger)
{
    public async Task<IReadOnlyList<ChannelSummary>> ListAsync(ChannelOwner owner, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var channels = await Of(db, owner).OrderBy(channel => channel.CreatedAt).ToListAsync(cancellationToken);
        var ids = channels.Select(channel => channel.Id).ToList();
        var waiting = await db.Deliveries.Where(delivery => ids.Contains(delivery.ChannelId) && delivery.DueAt != null)
            .GroupBy(delivery => delivery.ChannelId).Select(own => new { own.Key, Count = own.Count() }).ToDictionaryAsync(own => own.Key, own => own.Count, cancellationToken);
        var unconfirmed = await UnconfirmedAsync(db, [.. channels.Where(channel => !channel.MayCarry).Select(channel => channel.Id)], cancellationToken);
        return [.. channels.Select(channel => new ChannelSummary(
            channel.Id, channel.Name, channel.Kind, channel.Target, channel.Events, channel.IsEnabled, channel.CreatedBy, channel.CreatedAt,
            channel.DeliveredAt, channel.FailingSince, channel.LastError, waiting.GetValueOrDefault(channel.Id),
            unconfirmed.GetValueOrDefault(channel.Id)))];
    }

    private static async Task<Dictionary<Guid, UnconfirmedAddress>> UnconfirmedAsync(LedgerContext db, IReadOnlyList<Guid> channels, CancellationToken cancellationToken)
    {
        if (channels.Count == 0)
            return [];
        var messages = (await db.EmailConfirmations.Where(message => channels.Contains(message.ChannelId) && message.EndedAt == null)
            .OrderBy(message => message.AskedAt).ToListAsync(cancellationToken)).ToLookup(message => message.ChannelId);
        return channels.ToDictionary(channel => channel, channel =>
        {
            var sent = messages[channel].LastOrDefault(message => message.SentAt is not null);
            return new UnconfirmedAddress(sent?.SentAt, sent?.AskedAt + EmailConfirmations.Lifetime, messages[channel].LastOrDefault()?.Error);
        });
    }

    internal static IQueryable<ChannelRecord> Of(LedgerContext db, ChannelOwner owner) => owner switch
    {
        ChannelOwner.Person person => db.Channels.Where(channel => channel.UserId == person.Id),
        ChannelOwner.Project project => db.Channels.Where(channel => channel.ProjectId == project.Id),
        _ => throw new InvalidOperationException($"{owner} is no owner of channels."),
    };
}

/// <summary>What may be known of a channel.</summary>
/// <param name="Target">What may be shown of where it leads.</param>
/// <param name="Waiting">Deliveries that are not out yet.</param>
/// <param name="Unconfirmed">How far the confirmation of an e-mail address is, before which nothing else goes there; null when nothing is to be confirmed.</param>
public sealed record ChannelSummary(
    Guid Id, string Name, ChannelKind Kind, string Target, IReadOnlyList<string> Events, bool IsEnabled, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? FailingSince, string? LastError, int Waiting,
    UnconfirmedAddress? Unconfirmed = null);

/// <summary>An e-mail address that nobody confirmed.</summary>
/// <param name="SentAt">When the last confirmation message went out; null when none did.</param>
/// <param name="ExpiresAt">Until when its link counts; null when none went out.</param>
/// <param name="Error">Why the last message did not go out, or null.</param>
public sealed record UnconfirmedAddress(DateTimeOffset? SentAt, DateTimeOffset? ExpiresAt, string? Error);
