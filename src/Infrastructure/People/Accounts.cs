using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Changes accounts: each change is audited and ends the sessions that it concerns.</summary>
public sealed class Accounts(LedgerStore ledger, IPasswordHasher<UserRecord> hasher, TimeProvider time)
{
    [Needs(Permission.ManagePeople)]
    public Task<ActionResult> CreateAsync(Actor actor, string name, string? displayName, string password, Roles roles, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                if ((AccountRules.NameFault(name) ?? AccountRules.PasswordFault(password, name)) is { } fault)
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, fault));
                var normalized = AccountRules.Normalize(name);
                if (await write.Db.Users.AnyAsync(other => other.NormalizedName == normalized, write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"There is an account {name} already."));
                var user = NewUser(write, name, displayName, roles);
                user.PasswordHash = hasher.HashPassword(user, password);
                write.Audit(actor, "user.create", null, null, name, after: new { Roles = roles.ToString(), user.DisplayName });
                return ActionResult.Done;
            },
            cancellationToken);

    [Needs(Permission.ManagePeople)]
    public Task<ActionResult> SetDisabledAsync(Actor actor, string name, bool disabled, CancellationToken cancellationToken) =>
        ChangeAsync(actor, name, async (write, user) =>
        {
            if (user.IsDisabled == disabled)
                return ActionResult.Done;
            if (disabled && await IsLastAdministratorAsync(write, user))
                return ActionResult.Refused(Refusal.Conflict, $"{user.Name} is the last administrator and cannot be disabled.");
            user.IsDisabled = disabled;
            write.Audit(actor, disabled ? "user.disable" : "user.enable", null, null, user.Name, new { IsDisabled = !disabled }, new { IsDisabled = disabled });
            return ActionResult.Done;
        }, cancellationToken);

    /// <summary>Says what a person may do everywhere, in place of what was before. Nobody adds to their own.</summary>
    [Needs(Permission.ManagePeople)]
    public async Task<ActionResult> SetRolesAsync(Actor actor, string name, Roles roles, CancellationToken cancellationToken)
    {
        var added = Roles.None;
        var result = await ChangeAsync(actor, name, async (write, user) =>
        {
            added = RefusedGrants.IsSelf(actor, user.Name) ? roles & ~user.Roles : Roles.None;
            if (added != Roles.None)
                return ActionResult.Refused(Refusal.NotAllowed, "");
            if ((roles & Roles.Administrator) == 0 && await IsLastAdministratorAsync(write, user))
                return ActionResult.Refused(Refusal.Conflict, $"{user.Name} is the last administrator and must stay one.");
            write.Audit(actor, "user.roles", null, null, user.Name, new { Roles = user.Roles.ToString() }, new { Roles = roles.ToString() });
            user.Roles = roles;
            return ActionResult.Done;
        }, cancellationToken);
        return added == Roles.None ? result : await RefusedGrants.RecordAsync(ledger, actor, $"the role {RoleNames.Of(added)}", cancellationToken);
    }

    [Needs(Permission.ManagePeople)]
    public Task<ActionResult> SetPasswordAsync(Actor actor, string name, string password, CancellationToken cancellationToken) =>
        ChangeAsync(actor, name, (write, user) =>
        {
            if (AccountRules.PasswordFault(password, user.Name) is { } fault)
                return Task.FromResult(ActionResult.Refused(Refusal.Invalid, fault));
            user.PasswordHash = hasher.HashPassword(user, password);
            write.Audit(actor, "user.password", null, null, user.Name);
            return Task.FromResult(ActionResult.Done);
        }, cancellationToken);

    /// <summary>Says whom GitHub knows the person as, for authors and reviewers; null for nobody. It does not let anybody sign in.</summary>
    [Needs(Permission.ManagePeople)]
    public Task<ActionResult> SetGitHubLoginAsync(Actor actor, string name, string? login, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                var wanted = string.IsNullOrWhiteSpace(login) ? null : login.Trim();
                if (wanted is not null && AccountRules.GitHubLoginFault(wanted) is { } fault)
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, fault));
                if (await FindAsync(write, name) is not { } user)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"There is no account {name}."));
                if (user.GitHubId is not null)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"{user.Name} signs in through GitHub, which says the login itself."));
                var taken = wanted?.ToLowerInvariant();
                if (taken is not null && await write.Db.Users.AnyAsync(other => other.Id != user.Id && other.GitHubLogin != null && EF.Functions.Like(other.GitHubLogin.ToLower(), taken), write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"Another account has the GitHub login {wanted}."));
                write.Audit(actor, "user.github-login", null, null, user.Name, new { user.GitHubLogin }, new { GitHubLogin = wanted });
                user.GitHubLogin = wanted;
                write.Notify(new Change.User(user.Id));
                return ActionResult.Done;
            },
            cancellationToken);

    /// <summary>A new, still unsaved row.</summary>
    internal UserRecord NewUser(LedgerTransaction write, string name, string? displayName, Roles roles)
    {
        var user = new UserRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Name = name,
            NormalizedName = AccountRules.Normalize(name),
            DisplayName = string.IsNullOrWhiteSpace(displayName) ? name : displayName.Trim(),
            Roles = roles,
            IsDisabled = false,
            SecurityStamp = AccountRules.NewStamp(),
            CreatedAt = write.Now,
        };
        write.Db.Users.Add(user);
        write.Notify(new Change.User(user.Id));
        return user;
    }

    private Task<ActionResult> ChangeAsync(
        Actor actor, string name, Func<LedgerTransaction, UserRecord, Task<ActionResult>> change, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                if (await FindAsync(write, name) is not { } found)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"There is no account {name}."));
                var result = await change(write, found);
                if (!result.IsDone)
                    return write.Refuse(result);
                // The rows end what is open; the stamp ends what is being opened at this very moment.
                found.SecurityStamp = AccountRules.NewStamp();
                await SessionRows.EndAsync(write, [found.Id]);
                return result;
            },
            cancellationToken);

    private static Task<UserRecord?> FindAsync(LedgerTransaction write, string name)
    {
        var normalized = AccountRules.Normalize(name);
        return write.Db.Users.FirstOrDefaultAsync(user => user.NormalizedName == normalized, write.CancellationToken);
    }

    private static async Task<bool> IsLastAdministratorAsync(LedgerTransaction write, UserRecord user) =>
        (user.Roles & Roles.Administrator) != 0 && !user.IsDisabled
        && !await write.Db.Users.AnyAsync(
            other => other.Id != user.Id && !other.IsDisabled && (other.Roles & Roles.Administrator) != 0, write.CancellationToken);
}
