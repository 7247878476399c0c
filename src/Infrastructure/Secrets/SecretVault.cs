using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Secrets;

/// <summary>
/// Secrets of projects, encrypted with a key that is not in the database. The purpose binds a ciphertext to its project
/// and name, so a row that is moved cannot be read. There is no way to show a value again.
/// </summary>
public sealed class SecretVault(LedgerStore ledger, IDataProtectionProvider protection)
{
    /// <summary>Stores or replaces a secret.</summary>
    [Needs(Permission.ManageSecrets)]
    public Task<ActionResult> SetAsync(Actor actor, Guid projectId, string name, string value, DateTimeOffset? expiresAt, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (Access.WhyNot(actor, Permission.ManageSecrets, projectId) is { } refused)
                    return write.Refuse(refused);
                var secret = await write.Db.Secrets.FindAsync([projectId, name], write.CancellationToken);
                var action = secret is null ? "secret.create" : "secret.replace";
                if (secret is null)
                {
                    secret = new SecretRecord { ProjectId = projectId, Name = name, Ciphertext = "", UpdatedAt = write.Now, UpdatedBy = actor.Name };
                    write.Db.Secrets.Add(secret);
                }
                secret.Ciphertext = Protector(projectId, name).Protect(value);
                secret.ExpiresAt = expiresAt;
                secret.UpdatedAt = write.Now;
                secret.UpdatedBy = actor.Name;
                write.Audit(actor, action, projectId, null, name, after: new { ExpiresAt = expiresAt });
                write.Notify(new Change.Project(projectId));
                return ActionResult.Done;
            },
            cancellationToken);

    /// <summary>The value, or null when there is none of that name.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The row was moved, changed, or its key is gone.</exception>
    public async Task<string?> ReadAsync(Guid projectId, string name, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var ciphertext = await db.Secrets.Where(secret => secret.ProjectId == projectId && secret.Name == name)
            .Select(secret => secret.Ciphertext).FirstOrDefaultAsync(cancellationToken);
        return ciphertext is null ? null : Protector(projectId, name).Unprotect(ciphertext);
    }

    /// <summary>Names, expiry and last change of a project's secrets, never their values.</summary>
    public async Task<IReadOnlyList<SecretSummary>> ListAsync(Guid projectId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Secrets.Where(secret => secret.ProjectId == projectId).OrderBy(secret => secret.Name)
            .Select(secret => new SecretSummary(secret.Name, secret.ExpiresAt, secret.UpdatedAt, secret.UpdatedBy))
            .ToListAsync(cancellationToken);
    }

    private IDataProtector Protector(Guid projectId, string name) =>
        protection.CreateProtector("ReleaseDashboard.Secrets.v1", projectId.ToString("D"), name);
}

/// <summary>What may be known of a stored secret.</summary>
public sealed record SecretSummary(string Name, DateTimeOffset? ExpiresAt, DateTimeOffset UpdatedAt, string UpdatedBy);
