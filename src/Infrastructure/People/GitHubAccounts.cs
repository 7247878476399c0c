using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>
/// Accounts of people who sign in through GitHub, known by GitHub's number: names there can be given up and taken by others.
/// </summary>
public sealed class GitHubAccounts(LedgerStore ledger, Accounts accounts)
{
    /// <summary>The account with this number; a new one may only look.</summary>
    public Task<Result<Account, ActionResult>> SignInAsync(long gitHubId, string login, string? displayName, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<Account, ActionResult>>(
            async write =>
            {
                var user = await write.Db.Users.FirstOrDefaultAsync(record => record.GitHubId == gitHubId, write.CancellationToken);
                if (user is { IsDisabled: true })
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, $"The account {user.Name} is disabled."));
                if (user is not null)
                {
                    await KeepLoginAsync(write, user, login);
                    return Account.Of(user);
                }
                var normalized = AccountRules.Normalize(login);
                // A local account of the same name may be another person: it is never taken over.
                var isTaken = await write.Db.Users.AnyAsync(record => record.NormalizedName == normalized, write.CancellationToken);
                user = accounts.NewUser(write, isTaken ? string.Create(CultureInfo.InvariantCulture, $"{login}@{gitHubId}") : login, displayName, Roles.Viewer);
                user.GitHubId = gitHubId;
                await KeepLoginAsync(write, user, login);
                write.Audit(Actor.System, "user.create", null, null, user.Name, after: new { Roles = user.Roles.ToString(), GitHub = login, GitHubId = gitHubId });
                return Account.Of(user);
            },
            cancellationToken);

    /// <summary>Lets a person with an account sign in through GitHub too.</summary>
    [Needs(Permission.ManagePeople, OrOwn = true)]
    public Task<ActionResult> LinkAsync(Actor actor, Guid userId, long gitHubId, string login, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.Db.Users.FirstOrDefaultAsync(record => record.Id == userId, write.CancellationToken) is not { } user)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such account."));
                if (user.Name != actor.Name && Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                if (await write.Db.Users.AnyAsync(record => record.GitHubId == gitHubId && record.Id != userId, write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"GitHub's {login} has an account here already."));
                write.Audit(actor, "user.link", null, null, user.Name, new { user.GitHubId }, new { GitHubId = gitHubId, GitHub = login });
                user.GitHubId = gitHubId;
                await KeepLoginAsync(write, user, login);
                return ActionResult.Done;
            },
            cancellationToken);

    /// <summary>Ends the link, where a password is left to sign in with.</summary>
    [Needs(Permission.ManagePeople, OrOwn = true)]
    public Task<ActionResult> UnlinkAsync(Actor actor, Guid userId, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.Db.Users.FirstOrDefaultAsync(record => record.Id == userId, write.CancellationToken) is not { } user)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such account."));
                if (user.Name != actor.Name && Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                if (user.GitHubId is null || user.PasswordHash is null)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, user.GitHubId is null ? "No GitHub account is linked." : "GitHub is the only way to sign in here. Have a password set first."));
                write.Audit(actor, "user.unlink", null, null, user.Name, new { user.GitHubId, user.GitHubLogin });
                (user.GitHubId, user.GitHubLogin) = (null, null);
                write.Notify(new Change.User(user.Id));
                return ActionResult.Done;
            },
            cancellationToken);

    /// <summary>Notes the login that GitHub says today. Whoever had it before has given it up.</summary>
    private static async Task KeepLoginAsync(LedgerTransaction write, UserRecord user, string login)
    {
        var same = login.ToLowerInvariant();
        foreach (var other in await write.Db.Users.Where(record => record.Id != user.Id && record.GitHubLogin != null && EF.Functions.Like(record.GitHubLogin.ToLower(), same)).ToListAsync(write.CancellationToken))
            other.GitHubLogin = null;
        user.GitHubLogin = login;
        write.Notify(new Change.User(user.Id));
    }
}
