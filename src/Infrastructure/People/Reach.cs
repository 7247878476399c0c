using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>An account with all that it may do, as one query read it. Never kept: roles are those of this moment.</summary>
internal sealed record Reach(UserRecord User, SessionRecord? Session, IReadOnlyList<string> Groups, IReadOnlyDictionary<Guid, Roles> ProjectRoles)
{
    public Actor ToActor() => Actor.Person(User.Name, User.Roles) with { Groups = Groups, ProjectRoles = ProjectRoles };

    /// <param name="users">The one account that is asked for.</param>
    /// <param name="sessionId">A session of the account to read along, or null.</param>
    public static async Task<Reach?> ReadAsync(LedgerContext db, IQueryable<UserRecord> users, Guid? sessionId, CancellationToken cancellationToken)
    {
        var row = await users.Select(user => new
        {
            User = user,
            Session = db.Sessions.FirstOrDefault(session => session.Id == sessionId && session.UserId == user.Id),
            Groups = db.GroupMembers.Where(member => member.UserId == user.Id)
                .Join(db.Groups, member => member.GroupId, group => group.Id, (member, group) => group.Name).ToList(),
            Roles = db.ProjectRoles
                .Where(role => role.SubjectId == user.Id || db.GroupMembers.Any(member => member.UserId == user.Id && member.GroupId == role.SubjectId))
                .Select(role => new { role.ProjectId, role.Roles }).ToList(),
        }).FirstOrDefaultAsync(cancellationToken);
        if (row is null)
            return null;
        var roles = row.Roles.GroupBy(role => role.ProjectId)
            .ToDictionary(own => own.Key, own => own.Aggregate(Roles.None, (all, role) => all | role.Roles));
        return new Reach(row.User, row.Session, [.. row.Groups.Order(StringComparer.OrdinalIgnoreCase)], roles);
    }
}
