using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Ends sessions inside the write that is the reason for it, so that neither is there without the other.</summary>
internal static class SessionRows
{
    /// <param name="write">The write that takes something away from the people.</param>
    /// <param name="userIds">Whose sessions end.</param>
    /// <param name="except">A session that stays: the one in which the person does it.</param>
    /// <returns>How many ended.</returns>
    public static async Task<int> EndAsync(LedgerTransaction write, IReadOnlyCollection<Guid> userIds, Guid? except = null)
    {
        foreach (var id in userIds)
            write.Notify(new Change.User(id));
        var now = write.Now;
        return await write.Db.Sessions.Where(session => userIds.Contains(session.UserId) && session.EndedAt == null && session.Id != except)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), write.CancellationToken);
    }
}
