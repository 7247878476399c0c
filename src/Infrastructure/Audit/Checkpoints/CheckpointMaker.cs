using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>Why no checkpoint was signed.</summary>
public sealed record CheckpointRefusal(string Message);

/// <summary>Signs the trail as it stands.</summary>
public sealed partial class CheckpointMaker(LedgerStore ledger, AuditTree tree, CheckpointKeys keys, AuditOptions options, TimeProvider time, ILogger<CheckpointMaker> logger) : IDisposable
{
    // Any number that no other lock of the product on PostgreSQL has.
    private const long StoreLock = 0x6175646974;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly AuditTreeGrowth growth = new(ledger);

    /// <summary>A checkpoint over every entry there is now; the last one when it covers them already.</summary>
    public async Task<Result<SignedCheckpoint, CheckpointRefusal>> MakeAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await SignAsync(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            return Refuse(exception.Message);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The last checkpoint that was made, or null.</summary>
    public async Task<SignedCheckpoint?> LastAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var text = await db.AuditCheckpoints.OrderByDescending(checkpoint => checkpoint.Size).Select(checkpoint => checkpoint.Text).FirstOrDefaultAsync(cancellationToken);
        return text is null ? null : SignedCheckpoint.Read(text);
    }

    public void Dispose() => turn.Dispose();

    private async Task<Result<SignedCheckpoint, CheckpointRefusal>> SignAsync(CancellationToken cancellationToken)
    {
        var last = await LastAsync(cancellationToken);
        AuditHeadRecord? head;
        await using (var db = ledger.Read())
            head = await db.AuditHead.FirstOrDefaultAsync(cancellationToken);
        if (head is null || head.Sequence == 0)
            return new CheckpointRefusal("There is no entry to sign yet.");
        if (last is not null && last.Checkpoint.Size == head.Sequence)
            return last;
        if (last is not null && last.Checkpoint.Size > head.Sequence)
            return Refuse($"The last checkpoint covers {last.Checkpoint.Size} entries, but the trail has {head.Sequence}.");
        await growth.GrowAsync(head.Sequence, cancellationToken);
        var root = await tree.RootAsync(head.Sequence, cancellationToken);
        // A signature under a trail that does not continue from the last one would make the forgery good.
        if (last is not null && await tree.RootAsync(last.Checkpoint.Size, cancellationToken) != last.Checkpoint.Root)
            return Refuse($"The first {last.Checkpoint.Size} entries are not those that the last checkpoint was signed for.");
        using var key = keys.Current();
        var signed = SignedCheckpoint.Sign(
            new AuditCheckpoint(options.Origin, head.Sequence, root, Hash256.Parse(head.Hash), Now(), last?.Reference ?? AuditCheckpoint.NoPrevious, CheckpointKey.IdOf(key)), key);
        if (!await StoreAsync(signed, last, cancellationToken))
            return await LastAsync(cancellationToken) is { } other && other.Checkpoint.Size >= head.Sequence ? other : await SignAsync(cancellationToken);
        return signed;
    }

    /// <returns>False when another process has signed meanwhile: this one would not name that as the one before.</returns>
    private async Task<bool> StoreAsync(SignedCheckpoint signed, SignedCheckpoint? last, CancellationToken cancellationToken)
    {
        var checkpoint = signed.Checkpoint;
        var isStored = false;
        await ledger.AppendAsync(
            async db =>
            {
                // On SQLite the transaction is the lock, over all processes.
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                if (!ledger.IsSqlite)
                    await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({StoreLock})", cancellationToken);
                var newest = await db.AuditCheckpoints.MaxAsync(record => (long?)record.Size, cancellationToken);
                if (newest != last?.Checkpoint.Size)
                    return;
                db.AuditCheckpoints.Add(new AuditCheckpointRecord
                {
                    Size = checkpoint.Size, Root = checkpoint.Root.ToString(), At = checkpoint.At, KeyId = checkpoint.KeyId, Text = signed.Text,
                });
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                isStored = true;
            },
            cancellationToken);
        return isStored;
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private CheckpointRefusal Refuse(string why)
    {
        Log.Refused(logger, why);
        return new CheckpointRefusal($"No checkpoint was signed: {why} Verify the trail.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "No checkpoint of the audit trail was signed: {Why} Verify the trail.")]
        public static partial void Refused(ILogger logger, string why);
    }
}
