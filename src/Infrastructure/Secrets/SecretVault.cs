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
    /// <param name="stepKinds">Kinds of steps that get it; empty for those that its name is meant for, null to leave what was chosen.</param>
    [Needs(Permission.ManageSecrets)]
    public Task<ActionResult> SetAsync(
        Actor actor, Guid projectId, string name, string value, DateTimeOffset? expiresAt, CancellationToken cancellationToken, IReadOnlyList<string>? stepKinds = null) =>
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
                // A new value has a life of its own: it is warned of anew, and nothing has used it yet.
                (secret.WarnedAt, secret.UsedAt) = (null, null);
                secret.StepKinds = stepKinds is null ? secret.StepKinds : [.. stepKinds];
                secret.UpdatedAt = write.Now;
                secret.UpdatedBy = actor.Name;
                write.Audit(actor, action, projectId, null, name, after: new { ExpiresAt = expiresAt, secret.StepKinds });
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

    /// <summary>Which steps it was chosen for, and when it was last used; null when there is none of that name.</summary>
    internal async Task<SecretUse?> UseOfAsync(Guid projectId, string name, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Secrets.Where(secret => secret.ProjectId == projectId && secret.Name == name)
            .Select(secret => new SecretUse(secret.StepKinds, secret.UsedAt)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Notes that it was used now.</summary>
    internal Task NoteUseAsync(Guid projectId, string name, DateTimeOffset now, CancellationToken cancellationToken) =>
        ledger.AppendAsync(
            db => db.Secrets.Where(secret => secret.ProjectId == projectId && secret.Name == name)
                .ExecuteUpdateAsync(set => set.SetProperty(secret => secret.UsedAt, now), cancellationToken),
            cancellationToken);

    /// <summary>Names, expiry and last change of a project's secrets, never their values.</summary>
    public async Task<IReadOnlyList<SecretSummary>> ListAsync(Guid projectId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Secrets.Where(secret => secret.ProjectId == projectId).OrderBy(secret => secret.Name)
            .Select(secret => new SecretSummary(secret.Name, secret.ExpiresAt, secret.UpdatedAt, secret.UpdatedBy) { UsedAt = secret.UsedAt, StepKinds = secret.StepKinds })
            .ToListAsync(cancellationToken);
    }

    private IDataProtector Protector(Guid projectId, string name) =>
        protection.CreateProtector("ReleaseDashboard.Secrets.v1", projectId.ToString("D"), name);
}

/// <summary>What may be known of a stored secret.</summary>
public sealed record SecretSummary(string Name, DateTimeOffset? ExpiresAt, DateTimeOffset UpdatedAt, string UpdatedBy)
{
    /// <summary>When a step last used this value, to the minute; null when none did.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>Kinds of steps that were chosen for it; empty for those that its name is meant for.</summary>
    public IReadOnlyList<string> StepKinds { get; init; } = [];
}

/// <summary>Who may use a secret, and when one last did.</summary>
internal sealed record SecretUse(IReadOnlyList<string> StepKinds, DateTimeOffset? UsedAt);
