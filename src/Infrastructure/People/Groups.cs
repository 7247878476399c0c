using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Groups of people, who sign or get a role in a project together.</summary>
public sealed class Groups(LedgerStore ledger, TimeProvider time)
{
    private const int MaximumDescription = 200;

    public async Task<IReadOnlyList<GroupSummary>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var groups = await db.Groups.OrderBy(group => group.NormalizedName).ToListAsync(cancellationToken);
        var members = (await db.GroupMembers.Join(db.Users, member => member.UserId, user => user.Id, (member, user) => new { member.GroupId, user.Name })
            .ToListAsync(cancellationToken)).ToLookup(row => row.GroupId, row => row.Name);
        return [.. groups.Select(group => new GroupSummary(group.Id, group.Name, group.Description, [.. members[group.Id].Order(StringComparer.OrdinalIgnoreCase)]))];
    }

    [Needs(Permission.ManagePeople)]
    public Task<ActionResult> CreateAsync(Actor actor, string name, string? description, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                if (await FaultAsync(write, null, name, description) is { } fault)
                    return write.Refuse(fault);
                write.Db.Groups.Add(new GroupRecord
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    Name = name,
                    NormalizedName = AccountRules.Normalize(name),
                    Description = description?.Trim() ?? "",
                    CreatedAt = write.Now,
                    CreatedBy = actor.Name,
                });
                write.Audit(actor, "group.create", null, null, name, after: new { Description = description?.Trim() });
                return ActionResult.Done;
            },
            cancellationToken);

    /// <summary>Renames a group. Playbooks name groups: those that say the old name ask for nobody from now on.</summary>
    [Needs(Permission.ManagePeople)]
    public Task<ActionResult> UpdateAsync(Actor actor, string group, string name, string? description, CancellationToken cancellationToken) =>
        ChangeAsync(actor, group, async (write, found) =>
        {
            if (await FaultAsync(write, found.Id, name, description) is { } fault)
                return fault;
            write.Audit(actor, "group.update", null, null, found.Name, new { found.Name, found.Description }, new { Name = name, Description = description?.Trim() });
            (found.Name, found.NormalizedName, found.Description) = (name, AccountRules.Normalize(name), description?.Trim() ?? "");
            foreach (var id in await MembersAsync(write, found.Id))
                write.Notify(new Change.User(id));
            return ActionResult.Done;
        }, cancellationToken);

    /// <summary>Removes a group with what it may do in projects. Its members' sessions end.</summary>
    [Needs(Permission.ManagePeople)]
    public Task<ActionResult> DeleteAsync(Actor actor, string group, CancellationToken cancellationToken) =>
        ChangeAsync(actor, group, async (write, found) =>
        {
            var members = await MembersAsync(write, found.Id);
            await write.Db.ProjectRoles.Where(role => role.SubjectId == found.Id).ExecuteDeleteAsync(write.CancellationToken);
            write.Db.Groups.Remove(found);
            write.Audit(actor, "group.delete", null, null, found.Name, new { Members = members.Count });
            await SessionRows.EndAsync(write, members);
            return ActionResult.Done;
        }, cancellationToken);

    /// <summary>Puts a person into a group, who then has what the group may do. Nobody adds themselves.</summary>
    [Needs(Permission.ManagePeople)]
    public async Task<ActionResult> AddMemberAsync(Actor actor, string group, string person, CancellationToken cancellationToken)
    {
        if (actor.May(Permission.ManagePeople) && RefusedGrants.IsSelf(actor, person))
            return await RefusedGrants.RecordAsync(ledger, actor, $"a place in the group {group}", cancellationToken);
        return await ChangeAsync(actor, group, async (write, found) =>
        {
            if (await FindPersonAsync(write, person) is not { } user)
                return ActionResult.Refused(Refusal.NotFound, $"There is no account {person}.");
            if (await write.Db.GroupMembers.AnyAsync(member => member.GroupId == found.Id && member.UserId == user.Id, write.CancellationToken))
                return ActionResult.Refused(Refusal.Conflict, $"{user.Name} is in {found.Name} already.");
            write.Db.GroupMembers.Add(new GroupMemberRecord { GroupId = found.Id, UserId = user.Id });
            write.Audit(actor, "group.add-member", null, null, found.Name, after: new { Member = user.Name });
            write.Notify(new Change.User(user.Id));
            return ActionResult.Done;
        }, cancellationToken);
    }

    /// <summary>Takes a person out of a group. The person's sessions end.</summary>
    [Needs(Permission.ManagePeople)]
    public Task<ActionResult> RemoveMemberAsync(Actor actor, string group, string person, CancellationToken cancellationToken) =>
        ChangeAsync(actor, group, async (write, found) =>
        {
            var user = await FindPersonAsync(write, person);
            var member = user is null ? null : await write.Db.GroupMembers.FindAsync([found.Id, user.Id], write.CancellationToken);
            if (user is null || member is null)
                return ActionResult.Refused(Refusal.NotFound, $"{person} is not in {found.Name}.");
            write.Db.GroupMembers.Remove(member);
            write.Audit(actor, "group.remove-member", null, null, found.Name, new { Member = user.Name });
            await SessionRows.EndAsync(write, [user.Id]);
            return ActionResult.Done;
        }, cancellationToken);

    private Task<ActionResult> ChangeAsync(Actor actor, string group, Func<LedgerTransaction, GroupRecord, Task<ActionResult>> change, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                var normalized = AccountRules.Normalize(group);
                if (await write.Db.Groups.FirstOrDefaultAsync(record => record.NormalizedName == normalized, write.CancellationToken) is not { } found)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"There is no group {group}."));
                var result = await change(write, found);
                return result.IsDone ? result : write.Refuse(result);
            },
            cancellationToken);

    private static Task<List<Guid>> MembersAsync(LedgerTransaction write, Guid groupId) =>
        write.Db.GroupMembers.Where(member => member.GroupId == groupId).Select(member => member.UserId).ToListAsync(write.CancellationToken);

    private static Task<UserRecord?> FindPersonAsync(LedgerTransaction write, string name)
    {
        var normalized = AccountRules.Normalize(name);
        return write.Db.Users.FirstOrDefaultAsync(user => user.NormalizedName == normalized, write.CancellationToken);
    }

    private static async Task<ActionResult?> FaultAsync(LedgerTransaction write, Guid? own, string name, string? description)
    {
        if (AccountRules.GroupNameFault(name) is { } fault)
            return ActionResult.Refused(Refusal.Invalid, fault);
        if (description?.Length > MaximumDescription)
            return ActionResult.Refused(Refusal.Invalid, $"A description has at most {MaximumDescription} characters.");
        var normalized = AccountRules.Normalize(name);
        return await write.Db.Groups.AnyAsync(other => other.NormalizedName == normalized && other.Id != own, write.CancellationToken)
            ? ActionResult.Refused(Refusal.Conflict, $"There is a group {name} already.")
            : null;
    }
}
