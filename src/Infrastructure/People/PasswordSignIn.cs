using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Checks a name and password. An unknown name takes as long as a wrong password, so names cannot be probed.</summary>
public sealed class PasswordSignIn(LedgerStore ledger, IPasswordHasher<UserRecord> hasher, TimeProvider time)
{
    private readonly Lazy<string> decoy = new(() => hasher.HashPassword(Nobody(time), AccountRules.NewStamp()));

    /// <summary>The account, or null when name and password do not belong together or the account is disabled.</summary>
    public async Task<Account?> CheckAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (password.Length > AccountRules.MaximumPassword)
            return null;
        var normalized = AccountRules.Normalize(name);
        await using var db = ledger.Read();
        var user = await db.Users.FirstOrDefaultAsync(record => record.NormalizedName == normalized, cancellationToken);
        var result = hasher.VerifyHashedPassword(user ?? Nobody(time), user?.PasswordHash ?? decoy.Value, password);
        return result == PasswordVerificationResult.Failed || user is null or { PasswordHash: null } or { IsDisabled: true } ? null : Account.Of(user);
    }

    private static UserRecord Nobody(TimeProvider time) => new()
    {
        Id = Guid.Empty, Name = "", NormalizedName = "", DisplayName = "", Roles = Roles.None, IsDisabled = true, SecurityStamp = "", CreatedAt = time.GetUtcNow(),
    };
}
