using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>Everybody who can sign in, with roles and groups of this moment.</summary>
internal static class NoticePeople
{
    public static async Task<IReadOnlyList<NoticePerson>> ReadAsync(LedgerContext db, CancellationToken cancellationToken)
    {
        var users = await db.Users.Where(user => !user.IsDisabled).Select(user => new { user.Id, user.Name, user.Roles, user.GitHubLogin, user.Email }).ToListAsync(cancellationToken);
        var groups = (await db.GroupMembers.Join(db.Groups, member => member.GroupId, group => group.Id, (member, group) => new { member.UserId, group.Id, group.Name })
            .ToListAsync(cancellationToken)).ToLookup(row => row.UserId);
        var roles = (await db.ProjectRoles.ToListAsync(cancellationToken)).ToLookup(role => role.SubjectId);
        return [.. users.Select(user => new NoticePerson(user.Id, Actor.Person(user.Name, user.Roles) with
        {
            Groups = [.. groups[user.Id].Select(group => group.Name)],
            GitHubLogin = user.GitHubLogin,
            Email = user.Email,
            ProjectRoles = groups[user.Id].Select(group => group.Id).Append(user.Id).SelectMany(subject => roles[subject])
                .GroupBy(role => role.ProjectId).ToDictionary(own => own.Key, own => own.Aggregate(Roles.None, (all, role) => all | role.Roles)),
        }))];
    }
}
