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
        return [.. channels.Select(channel => new ChannelSummary(
            channel.Id, channel.Name, channel.Kind, channel.Target, channel.Events, channel.IsEnabled, channel.CreatedBy, channel.CreatedAt,
            channel.DeliveredAt, channel.FailingSince, channel.LastError, waiting.GetValueOrDefault(channel.Id)))];
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
public sealed record ChannelSummary(
    Guid Id, string Name, ChannelKind Kind, string Target, IReadOnlyList<string> Events, bool IsEnabled, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? FailingSince, string? LastError, int Waiting);
