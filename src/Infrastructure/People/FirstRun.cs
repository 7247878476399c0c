using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Makes the first administrator. The code is shown on the console only: who can read it owns the machine.</summary>
public sealed class FirstRun(LedgerStore ledger, Accounts accounts, IPasswordHasher<UserRecord> hasher)
{
    // Without letters and digits that are taken for one another; 16 of 32 make 80 bits.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>Valid until this process ends or the set-up is done.</summary>
    public string Code { get; } = string.Join('-', RandomNumberGenerator.GetString(Alphabet, 16).Chunk(4).Select(part => new string(part)));

    // Accounts are never deleted: once it is done, it stays done.
    private volatile bool done;

    /// <summary>Whether nobody can sign in yet. Asked by the first page of all, and so without the mapper.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        if (!done)
            done = await ledger.CountAsync("""SELECT COUNT(*) FROM "users" WHERE "PasswordHash" IS NOT NULL OR "GitHubId" IS NOT NULL""", cancellationToken) > 0;
        return !done;
    }

    public Task<ActionResult> CreateAdministratorAsync(string code, string name, string? displayName, string password, CancellationToken cancellationToken)
    {
        var given = code.Trim().ToUpperInvariant();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Code)))
            return Task.FromResult(ActionResult.Refused(Refusal.NotAllowed, "That is not the set-up code. It stands in the server's output, and changes with every start."));
        return ledger.WriteAsync(
            async write =>
            {
                // Two processes may be set up at once: the second waits here and then finds the first one's account.
                await write.LockTrailAsync();
                if (await write.Db.Users.AnyAsync(user => user.PasswordHash != null || user.GitHubId != null, write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, "The set-up is done already. Sign in."));
                if ((AccountRules.NameFault(name) ?? AccountRules.PasswordFault(password, name)) is { } fault)
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, fault));
                var normalized = AccountRules.Normalize(name);
                if (await write.Db.Users.AnyAsync(user => user.NormalizedName == normalized, write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"The name {name} is taken by a persona of the sandbox."));
                var user = accounts.NewUser(write, name, displayName, Roles.Viewer | Roles.Maintainer | Roles.Administrator);
                user.PasswordHash = hasher.HashPassword(user, password);
                write.Audit(Actor.System, "user.setup", null, null, name, after: new { Roles = user.Roles.ToString() });
                return ActionResult.Done;
            },
            cancellationToken);
    }
}
