using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>A checkpoint in a list.</summary>
public sealed record CheckpointRow(long Size, string Root, DateTimeOffset At, string KeyId);

/// <summary>Reads stored checkpoints.</summary>
public sealed class CheckpointQueries(LedgerStore ledger)
{
    public const int MaximumCount = 200;

    /// <summary>The newest first.</summary>
    /// <param name="before">Only those over fewer entries, or null.</param>
    public async Task<IReadOnlyList<CheckpointRow>> ListAsync(long? before, int count, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.AuditCheckpoints.Where(checkpoint => before == null || checkpoint.Size < before).OrderByDescending(checkpoint => checkpoint.Size)
            .Take(Math.Clamp(count, 1, MaximumCount)).Select(checkpoint => new CheckpointRow(checkpoint.Size, checkpoint.Root, checkpoint.At, checkpoint.KeyId)).ToListAsync(cancellationToken);
    }

    /// <summary>The signed text, or null when none was made at this size.</summary>
    public async Task<string?> TextAsync(long size, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.AuditCheckpoints.Where(checkpoint => checkpoint.Size == size).Select(checkpoint => checkpoint.Text).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Every text, the oldest first.</summary>
    public async IAsyncEnumerable<string> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        await foreach (var text in db.AuditCheckpoints.OrderBy(checkpoint => checkpoint.Size).Select(checkpoint => checkpoint.Text).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return text;
    }
}
