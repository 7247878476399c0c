using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
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
                    return Account.Of(user);
                var normalized = AccountRules.Normalize(login);
                // A local account of the same name may be another person: it is never taken over.
                var isTaken = await write.Db.Users.AnyAsync(record => record.NormalizedName == normalized, write.CancellationToken);
                user = accounts.NewUser(write, isTaken ? string.Create(CultureInfo.InvariantCulture, $"{login}@{gitHubId}") : login, displayName, Roles.Viewer);
                user.GitHubId = gitHubId;
                write.Audit(Actor.System, "user.create", null, null, user.Name, after: new { Roles = user.Roles.ToString(), GitHub = login, GitHubId = gitHubId });
                return Account.Of(user);
            },
            cancellationToken);

    /// <summary>Lets a person with an account sign in through GitHub too.</summary>
    public Task<ActionResult> LinkAsync(Actor actor, Guid userId, long gitHubId, string login, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.Db.Users.FirstOrDefaultAsync(record => record.Id == userId, write.CancellationToken) is not { } user)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such account."));
                if (user.Name != actor.Name && !actor.Has(Roles.Administrator))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, "Only the person or an administrator may link an account."));
                if (await write.Db.Users.AnyAsync(record => record.GitHubId == gitHubId && record.Id != userId, write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"GitHub's {login} has an account here already."));
                write.Audit(actor, "user.link", null, null, user.Name, new { user.GitHubId }, new { GitHubId = gitHubId, GitHub = login });
                user.GitHubId = gitHubId;
                return ActionResult.Done;
            },
            cancellationToken);
}
