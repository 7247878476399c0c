using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Sign-ins as rows. A cookie only names its row, so whatever ends the row ends every tab and process at once.</summary>
public sealed class Sessions(LedgerStore ledger, TimeProvider time)
{
    /// <summary>However much it is used, a session ends after this.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromDays(7);

    /// <summary>Rows are kept this long, so that a person can see where they were signed in.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>
    /// Opens a session for who has just proved to be the account's owner; null when the account was disabled or changed
    /// meanwhile. It always has a new id, so one that somebody planted beforehand is worth nothing.
    /// </summary>
    /// <param name="account">As it was when the proof was checked.</param>
    /// <param name="address">Where from, for the person's own list.</param>
    /// <param name="browser">With what, in a few words.</param>
    /// <param name="replaced">The session that this browser had before; it ends.</param>
    public Task<Guid?> OpenAsync(Account account, string? address, string? browser, Guid? replaced, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Guid?>(
            async write =>
            {
                var isSame = await write.Db.Users.AnyAsync(
                    user => user.Id == account.Id && !user.IsDisabled && user.SecurityStamp == account.SecurityStamp, write.CancellationToken);
                if (!isSame)
                    return write.Refuse<Guid?>(null);
                var (now, old) = (write.Now, write.Now - Kept);
                await write.Db.Sessions.Where(session => session.UserId == account.Id && session.CreatedAt < old).ExecuteDeleteAsync(write.CancellationToken);
                if (replaced is not null && await write.Db.Sessions.FirstOrDefaultAsync(session => session.Id == replaced && session.EndedAt == null, write.CancellationToken) is { } before)
                {
                    before.EndedAt = now;
                    write.Notify(new Change.User(before.UserId));
                }
                var id = Guid.CreateVersion7(time.GetUtcNow());
                write.Db.Sessions.Add(new SessionRecord { Id = id, UserId = account.Id, CreatedAt = now, ConfirmedAt = now, Address = address, Browser = browser });
                write.Audit(Actor.Person(account.Name, account.Roles), "session.sign-in", null, null, account.Name, after: new { Address = address, Browser = browser });
                return id;
            },
            cancellationToken);

    /// <summary>Ends a session: one's own, or anybody's by who manages people.</summary>
    [Needs(Permission.ManagePeople, OrOwn = true)]
    public Task<ActionResult> EndAsync(Actor actor, Guid sessionId, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                var session = await write.Db.Sessions.FirstOrDefaultAsync(record => record.Id == sessionId, write.CancellationToken);
                var owner = session is null ? null : await write.Db.Users.FirstOrDefaultAsync(user => user.Id == session.UserId, write.CancellationToken);
                if (session is null || owner is null || (owner.Name != actor.Name && !actor.May(Permission.ManagePeople)))
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such session."));
                if (owner.Name != actor.Name && Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                if (session.EndedAt is not null)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, "That session has ended already."));
                session.EndedAt = write.Now;
                write.Notify(new Change.User(owner.Id));
                write.Audit(actor, "session.sign-out", null, null, owner.Name);
                return ActionResult.Done;
            },
            cancellationToken);

    /// <summary>Ends all sessions of a person: one's own, or anybody's by who manages people.</summary>
    /// <param name="except">The session that stays, or null for none.</param>
    [Needs(Permission.ManagePeople, OrOwn = true)]
    public Task<ActionResult> EndAllAsync(Actor actor, string name, Guid? except, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                var normalized = AccountRules.Normalize(name);
                var isOwn = normalized == AccountRules.Normalize(actor.Name);
                if (!isOwn && Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                if (await write.Db.Users.FirstOrDefaultAsync(user => user.NormalizedName == normalized, write.CancellationToken) is not { } owner)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"There is no account {name}."));
                var ended = await SessionRows.EndAsync(write, [owner.Id], isOwn ? except : null);
                write.Audit(actor, "session.end-all", null, null, owner.Name, after: new { Ended = ended });
                return ActionResult.Done;
            },
            cancellationToken);

    /// <summary>Open sessions of a person, the newest first; empty for who may not know.</summary>
    [Needs(Permission.ManagePeople, OrOwn = true)]
    public async Task<IReadOnlyList<SessionSummary>> ListAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        var normalized = AccountRules.Normalize(name);
        if (normalized != AccountRules.Normalize(actor.Name) && !actor.May(Permission.ManagePeople))
            return [];
        var oldest = time.GetUtcNow() - MaximumAge;
        await using var db = ledger.Read();
        return await db.Sessions.Where(session => session.EndedAt == null && session.CreatedAt > oldest && db.Users.Any(user => user.Id == session.UserId && user.NormalizedName == normalized))
            .OrderByDescending(session => session.CreatedAt)
            .Select(session => new SessionSummary(session.Id, session.CreatedAt, session.ConfirmedAt, session.Address, session.Browser))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Notes that the person has proved again who it is. The caller has checked the proof.</summary>
    public Task ConfirmAsync(Guid sessionId, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.Db.Sessions.FirstOrDefaultAsync(session => session.Id == sessionId && session.EndedAt == null, write.CancellationToken) is not { } found)
                    return write.Refuse(false);
                var owner = await write.Db.Users.FirstAsync(user => user.Id == found.UserId, write.CancellationToken);
                found.ConfirmedAt = write.Now;
                write.Audit(Actor.Person(owner.Name, owner.Roles), "session.confirm", null, null, owner.Name);
                return true;
            },
            cancellationToken);

    /// <summary>Which of these sessions have ended, for whatever reason. One question for the circuits of a whole process.</summary>
    public async Task<IReadOnlySet<Guid>> EndedAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellationToken)
    {
        const int most = 500;
        var oldest = time.GetUtcNow() - MaximumAge;
        var ended = sessionIds.ToHashSet();
        await using var db = ledger.Read();
        foreach (var some in sessionIds.Chunk(most))
        {
            var good = await db.Sessions
                .Where(session => some.Contains(session.Id) && session.EndedAt == null && session.CreatedAt > oldest
                    && db.Users.Any(user => user.Id == session.UserId && !user.IsDisabled))
                .Select(session => session.Id).ToListAsync(cancellationToken);
            ended.ExceptWith(good);
        }
        return ended;
    }
}

/// <summary>A sign-in as its owner sees it.</summary>
public sealed record SessionSummary(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset ConfirmedAt, string? Address, string? Browser);
