using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>An account with all that it may do, by three look-ups over keys. Never kept: roles are those of this moment.</summary>
internal sealed record Reach(UserRecord User, SessionRecord? Session, IReadOnlyList<string> Groups, IReadOnlyDictionary<Guid, Roles> ProjectRoles)
{
    public Actor ToActor() => Actor.Person(User.Name, User.Roles) with { Groups = Groups, ProjectRoles = ProjectRoles, GitHubLogin = User.GitHubLogin, Email = User.Email };

    /// <param name="users">The one account that is asked for.</param>
    /// <param name="sessionId">A session of the account to read along, or null.</param>
    public static async Task<Reach?> ReadAsync(LedgerContext db, IQueryable<UserRecord> users, Guid? sessionId, CancellationToken cancellationToken)
    {
        var row = await (
            from user in users
            join own in db.Sessions.Where(session => session.Id == sessionId) on user.Id equals own.UserId into owned
            from session in owned.DefaultIfEmpty()
            select new { User = user, Session = session }).FirstOrDefaultAsync(cancellationToken);
        if (row is null)
            return null;
        var id = row.User.Id;
        var groups = await db.GroupMembers.Where(member => member.UserId == id)
            .Join(db.Groups, member => member.GroupId, found => found.Id, (member, found) => new { found.Id, found.Name }).ToListAsync(cancellationToken);
        var subjects = groups.Select(found => found.Id).Append(id).ToList();
        var given = await db.ProjectRoles.Where(role => subjects.Contains(role.SubjectId)).Select(role => new { role.ProjectId, role.Roles }).ToListAsync(cancellationToken);
        var roles = given.GroupBy(role => role.ProjectId).ToDictionary(own => own.Key, own => own.Aggregate(Roles.None, (all, role) => all | role.Roles));
        return new Reach(row.User, row.Session, [.. groups.Select(found => found.Name).Order(StringComparer.OrdinalIgnoreCase)], roles);
    }
}
