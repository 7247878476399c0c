using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>What people change about themselves. Only the person, never a token of theirs.</summary>
public sealed class OwnAccount(LedgerStore ledger, IPasswordHasher<UserRecord> hasher)
{
    private const int MaximumDisplayName = 80;

    /// <param name="actor">The person.</param>
    /// <param name="displayName">Name as others see it.</param>
    /// <param name="email">Where e-mail goes; empty for none.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    [SignedIn]
    public Task<ActionResult> SetProfileAsync(Actor actor, string displayName, string? email, CancellationToken cancellationToken) =>
        ChangeAsync(actor, (write, user) =>
        {
            var (shown, address) = (displayName.Trim(), string.IsNullOrWhiteSpace(email) ? null : email.Trim());
            if (shown.Length is 0 or > MaximumDisplayName || shown.Any(char.IsControl))
                return Task.FromResult(ActionResult.Refused(Refusal.Invalid, $"A name has 1 to {MaximumDisplayName} characters."));
            if (address is not null && AccountRules.EmailFault(address) is { } fault)
                return Task.FromResult(ActionResult.Refused(Refusal.Invalid, fault));
            write.Audit(actor, "user.update", null, null, user.Name, new { user.DisplayName, user.Email }, new { DisplayName = shown, Email = address });
            (user.DisplayName, user.Email) = (shown, address);
            return Task.FromResult(ActionResult.Done);
        }, cancellationToken);

    /// <summary>Replaces the password. All other sessions of the person end: whoever knew the old one is out.</summary>
    [SignedIn]
    public Task<ActionResult> ChangePasswordAsync(Actor actor, Guid keptSession, string before, string after, CancellationToken cancellationToken) =>
        ChangeAsync(actor, async (write, user) =>
        {
            if (user.PasswordHash is null || before.Length > AccountRules.MaximumPassword || hasher.VerifyHashedPassword(user, user.PasswordHash, before) == PasswordVerificationResult.Failed)
                return ActionResult.Refused(Refusal.NotAllowed, "That is not your present password.");
            if (AccountRules.PasswordFault(after, user.Name) is { } fault)
                return ActionResult.Refused(Refusal.Invalid, fault);
            user.PasswordHash = hasher.HashPassword(user, after);
            write.Audit(actor, "user.password", null, null, user.Name);
            await SessionRows.EndAsync(write, [user.Id], keptSession);
            return ActionResult.Done;
        }, cancellationToken);

    private Task<ActionResult> ChangeAsync(Actor actor, Func<LedgerTransaction, UserRecord, Task<ActionResult>> change, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                var normalized = AccountRules.Normalize(actor.Name);
                var user = actor.Kind == "person"
                    ? await write.Db.Users.FirstOrDefaultAsync(record => record.NormalizedName == normalized && !record.IsDisabled, write.CancellationToken)
                    : null;
                if (user is null)
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, "Only a person who is signed in changes an account of their own."));
                var result = await change(write, user);
                if (!result.IsDone)
                    return write.Refuse(result);
                write.Notify(new Change.User(user.Id));
                return result;
            },
            cancellationToken);
}
