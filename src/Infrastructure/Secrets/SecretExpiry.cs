using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Secrets;

/// <summary>Warns before a secret expires: two weeks before, and again three days before. Each warning is one audit entry, which people are told of.</summary>
public sealed class SecretExpiry(LedgerStore ledger, TimeProvider time)
{
    public static readonly TimeSpan Early = TimeSpan.FromDays(14);
    public static readonly TimeSpan Late = TimeSpan.FromDays(3);

    /// <returns>How many warnings were written.</returns>
    public async Task<int> WarnAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var soon = now + Early;
        await using var db = ledger.Read();
        var candidates = await db.Secrets.Where(secret => secret.ExpiresAt != null && secret.ExpiresAt <= soon)
            .Select(secret => new { secret.ProjectId, secret.Name, ExpiresAt = secret.ExpiresAt!.Value, secret.WarnedAt }).ToListAsync(cancellationToken);
        var warned = 0;
        foreach (var secret in candidates.Where(secret => IsDue(secret.ExpiresAt, secret.WarnedAt, now)))
        {
            // Another process may look at the same moment: only the one that moves the mark writes the entry.
            warned += await ledger.WriteAsync(
                async write =>
                {
                    var mine = await write.Db.Secrets
                        .Where(record => record.ProjectId == secret.ProjectId && record.Name == secret.Name && record.ExpiresAt == secret.ExpiresAt && record.WarnedAt == secret.WarnedAt)
                        .ExecuteUpdateAsync(set => set.SetProperty(record => record.WarnedAt, write.Now), write.CancellationToken);
                    if (mine == 0)
                        return write.Refuse(0);
                    write.Audit(Actor.System, "secret.expiring", secret.ProjectId, null, secret.Name, after: new { secret.ExpiresAt });
                    return 1;
                },
                cancellationToken);
        }
        return warned;
    }

    /// <summary>Whether a warning is due that was not given.</summary>
    internal static bool IsDue(DateTimeOffset expiresAt, DateTimeOffset? warnedAt, DateTimeOffset now) =>
        now >= expiresAt - Early && (warnedAt is null || (now >= expiresAt - Late && warnedAt < expiresAt - Late));
}
