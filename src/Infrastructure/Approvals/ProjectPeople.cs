using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>Who has which roles and groups in a project, by the ledger as it is now.</summary>
public sealed class ProjectPeople(LedgerStore ledger)
{
    /// <summary>Everybody with an account that is not disabled, by name.</summary>
    public async Task<IReadOnlyList<Signer>> ListAsync(Guid projectId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var users = await db.Users.Where(user => !user.IsDisabled).OrderBy(user => user.NormalizedName).ToListAsync(cancellationToken);
        var members = (await MembershipsAsync(db, null, cancellationToken)).ToLookup(member => member.UserId);
        var given = (await db.ProjectRoles.Where(role => role.ProjectId == projectId).ToListAsync(cancellationToken)).ToLookup(role => role.SubjectId, role => role.Roles);
        return [.. users.Select(user => Of(user, [.. members[user.Id]], given))];
    }

    /// <summary>The person as an approval judges one. Roles are the actor's own, which a token may have narrowed.</summary>
    [SignedIn]
    public async Task<Signer> FindAsync(Actor actor, Guid projectId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await FindAsync(db, actor, projectId, cancellationToken);
    }

    internal static async Task<Signer> FindAsync(LedgerContext db, Actor actor, Guid projectId, CancellationToken cancellationToken)
    {
        var normalized = AccountRules.Normalize(actor.Name);
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(record => record.NormalizedName == normalized, cancellationToken);
        if (user is null)
            return Signer.Of(actor, projectId);
        var groups = (await MembershipsAsync(db, user.Id, cancellationToken)).Select(member => member.Name).ToList();
        return new Signer(actor.Name, actor.RolesIn(projectId), groups) { GitHubLogin = user.GitHubLogin, Email = user.Email };
    }

    private static Task<List<Membership>> MembershipsAsync(LedgerContext db, Guid? userId, CancellationToken cancellationToken) =>
        db.GroupMembers.Where(member => userId == null || member.UserId == userId)
            .Join(db.Groups, member => member.GroupId, group => group.Id, (member, group) => new Membership(member.UserId, group.Id, group.Name))
            .ToListAsync(cancellationToken);

    private static Signer Of(UserRecord user, IReadOnlyList<Membership> groups, ILookup<Guid, Roles> given)
    {
        var roles = given[user.Id].Concat(groups.SelectMany(group => given[group.GroupId])).Aggregate(user.Roles, (all, more) => all | more);
        return new Signer(user.Name, roles, [.. groups.Select(group => group.Name)]) { GitHubLogin = user.GitHubLogin, Email = user.Email };
    }

    private sealed record Membership(Guid UserId, Guid GroupId, string Name);
}
