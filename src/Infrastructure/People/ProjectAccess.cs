using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Who has which role in one project, on top of the roles everywhere.</summary>
public sealed class ProjectAccess(LedgerStore ledger)
{
    /// <summary>People and groups with a role in the project, by name.</summary>
    public async Task<IReadOnlyList<ProjectAccessEntry>> ListAsync(Guid projectId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var people = await db.ProjectRoles.Where(role => role.ProjectId == projectId && !role.IsGroup)
            .Join(db.Users, role => role.SubjectId, user => user.Id, (role, user) => new ProjectAccessEntry(user.Name, false, role.Roles)).ToListAsync(cancellationToken);
        var groups = await db.ProjectRoles.Where(role => role.ProjectId == projectId && role.IsGroup)
            .Join(db.Groups, role => role.SubjectId, group => group.Id, (role, group) => new ProjectAccessEntry(group.Name, true, role.Roles)).ToListAsync(cancellationToken);
        return [.. people.Concat(groups).OrderBy(entry => entry.IsGroup).ThenBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Gives a person or a group roles in a project, in place of those before; none takes them away. Whoever loses one is signed out.</summary>
    [Needs(Permission.ManageProjectAccess)]
    public async Task<ActionResult> SetAsync(Actor actor, Guid projectId, string name, bool isGroup, Roles roles, CancellationToken cancellationToken)
    {
        var forSelf = false;
        var result = await ledger.WriteAsync(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.ManageProjectAccess, projectId) is { } refused)
                    return write.Refuse(refused);
                if (await write.Db.Projects.FirstOrDefaultAsync(record => record.Id == projectId, write.CancellationToken) is not { } project)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such project."));
                if (await SubjectAsync(write, name, isGroup) is not { } subject)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"There is no {(isGroup ? "group" : "account")} {name}."));
                var before = await write.Db.ProjectRoles.FindAsync([projectId, subject.Id], write.CancellationToken);
                var (had, lost) = (before?.Roles ?? Roles.None, (before?.Roles ?? Roles.None) & ~roles);
                if ((roles & ~had) != Roles.None && subject.People.Any(person => RefusedGrants.IsSelf(actor, person.Name)))
                {
                    forSelf = true;
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, ""));
                }
                if (had == roles)
                    return ActionResult.Done;
                if (before is null)
                    write.Db.ProjectRoles.Add(new ProjectRoleRecord { ProjectId = projectId, SubjectId = subject.Id, IsGroup = isGroup, Roles = roles });
                else if (roles == Roles.None)
                    write.Db.ProjectRoles.Remove(before);
                else
                    before.Roles = roles;
                write.Audit(actor, "access.set", projectId, null, $"{(isGroup ? "group " : "")}{subject.Name}", new { Roles = had.ToString() }, new { Roles = roles.ToString() });
                write.Notify(new Change.Project(project.Id));
                var ids = subject.People.Select(person => person.Id).ToList();
                if (lost != Roles.None)
                    await SessionRows.EndAsync(write, ids);
                foreach (var id in ids)
                    write.Notify(new Change.User(id));
                return ActionResult.Done;
            },
            cancellationToken);
        return forSelf ? await RefusedGrants.RecordAsync(ledger, actor, $"roles in a project ({RoleNames.Of(roles)})", cancellationToken) : result;
    }

    private static async Task<Subject?> SubjectAsync(LedgerTransaction write, string name, bool isGroup)
    {
        var normalized = AccountRules.Normalize(name);
        if (!isGroup)
        {
            return await write.Db.Users.FirstOrDefaultAsync(user => user.NormalizedName == normalized, write.CancellationToken) is { } user
                ? new Subject(user.Id, user.Name, [(user.Id, user.Name)])
                : null;
        }
        if (await write.Db.Groups.FirstOrDefaultAsync(group => group.NormalizedName == normalized, write.CancellationToken) is not { } found)
            return null;
        var members = await write.Db.GroupMembers.Where(member => member.GroupId == found.Id)
            .Join(write.Db.Users, member => member.UserId, user => user.Id, (member, user) => new { user.Id, user.Name }).ToListAsync(write.CancellationToken);
        return new Subject(found.Id, found.Name, [.. members.Select(member => (member.Id, member.Name))]);
    }

    private sealed record Subject(Guid Id, string Name, IReadOnlyList<(Guid Id, string Name)> People);
}

/// <summary>What one person or group may do in a project.</summary>
/// <param name="Name">Sign-in name, or the group's name.</param>
public sealed record ProjectAccessEntry(string Name, bool IsGroup, Roles Roles);
