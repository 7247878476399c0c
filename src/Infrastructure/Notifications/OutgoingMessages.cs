using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>Puts notices into deliveries: those for one channel that come close together go into the same one.</summary>
public sealed class OutgoingMessages(NotificationOptions options, TimeProvider time)
{
    /// <summary>More than this is a flood, and the next delivery.</summary>
    private const int Most = 40;

    internal async Task AddAsync(LedgerTransaction write, IReadOnlyCollection<ToldNotice> told)
    {
        if (told.Count == 0)
            return;
        var projects = told.Select(notice => notice.Entry.ProjectId).OfType<Guid>().Distinct().ToList();
        var people = told.SelectMany(notice => notice.People).Select(person => person.Id).Distinct().ToList();
        var toAll = told.Any(IsForAllProjects);
        var channels = await write.Db.Channels.AsNoTracking()
            .Where(channel => channel.IsEnabled && (channel.Kind != ChannelKind.Email || channel.ConfirmedAt != null))
            .Where(channel => (channel.UserId != null && people.Contains(channel.UserId.Value)) || (channel.ProjectId != null && (toAll || projects.Contains(channel.ProjectId.Value))))
            .ToListAsync(write.CancellationToken);
        foreach (var channel in channels)
        {
            List<ChannelMessage> messages = [.. told.Where(notice => IsFor(channel, notice)).Select(notice => notice.Message)];
            foreach (var some in messages.Chunk(Most))
                await AddAsync(write, channel, some);
        }
    }

    private static bool IsFor(ChannelRecord channel, ToldNotice told) =>
        channel.Events.Contains(told.Notice.Kind)
        && (channel.UserId is { } user ? told.People.Any(person => person.Id == user) : told.Entry.ProjectId == channel.ProjectId || IsForAllProjects(told));

    // A freeze of everything stops each project, so each project's rooms hear of it.
    private static bool IsForAllProjects(ToldNotice told) => told.Entry.ProjectId is null && told.Notice.Kind is NoticeKinds.FreezeSet or NoticeKinds.FreezeLifted;

    private async Task AddAsync(LedgerTransaction write, ChannelRecord channel, IReadOnlyList<ChannelMessage> messages)
    {
        var open = await write.Db.Deliveries.AsNoTracking()
            .Where(delivery => delivery.ChannelId == channel.Id && delivery.Attempts == 0 && delivery.DueAt > write.Now)
            .OrderByDescending(delivery => delivery.CreatedAt).FirstOrDefaultAsync(write.CancellationToken);
        if (open is not null && Read(open.Messages) is var waiting && waiting.Count + messages.Count <= Most)
        {
            var joined = Write([.. waiting, .. messages]);
            // The sender may have taken it since: then this is a delivery of its own.
            var added = await write.Db.Deliveries.Where(delivery => delivery.Id == open.Id && delivery.Attempts == 0)
                .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.Messages, joined), write.CancellationToken);
            if (added == 1)
                return;
        }
        write.Db.Deliveries.Add(new DeliveryRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            ChannelId = channel.Id,
            Messages = Write(messages),
            CreatedAt = write.Now,
            DueAt = write.Now + options.Together,
        });
        await write.Db.SaveChangesAsync(write.CancellationToken);
    }

    internal static IReadOnlyList<ChannelMessage> Read(string json) => JsonSerializer.Deserialize<List<ChannelMessage>>(json, JsonColumn.Options)!;

    private static string Write(IReadOnlyList<ChannelMessage> messages) => JsonSerializer.Serialize(messages, JsonColumn.Options);
}
