using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>Collects the checkpoints that can be trusted, stored here and brought along, and says which cannot.</summary>
internal sealed class CheckpointCheck(IReadOnlyDictionary<string, string> keys) : IDisposable
{
    private readonly Dictionary<string, ECDsa> opened = [];

    /// <summary>Trusted, by size ascending.</summary>
    public List<AuditCheckpoint> Trusted { get; } = [];

    public List<AuditFinding> Findings { get; } = [];

    public async Task TakeStoredAsync(LedgerStore ledger, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        SignedCheckpoint? previous = null;
        await foreach (var record in db.AuditCheckpoints.OrderBy(checkpoint => checkpoint.Size).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var which = Found.Text($"The stored checkpoint over {record.Size:N0} entries");
            if (SignedCheckpoint.Read(record.Text) is not { } signed || !SaysTheSame(record, signed))
            {
                Findings.Add(Found.CheckpointChanged($"{which} was changed: its columns are not what its text says."));
                continue;
            }
            if (Distrust(signed) is { } why)
            {
                Findings.Add(Found.Forged(which, why));
                continue;
            }
            var expected = previous?.Reference ?? AuditCheckpoint.NoPrevious;
            if (signed.Checkpoint.Previous != expected)
                Findings.Add(Found.CheckpointChanged($"A checkpoint before {which[..1].ToLowerInvariant()}{which[1..]} was removed or replaced: it follows on '{signed.Checkpoint.Previous}', here stands '{expected}'."));
            previous = signed;
            Trusted.Add(signed.Checkpoint);
        }
    }

    /// <param name="text">A file of one checkpoint or more.</param>
    /// <param name="end">How many entries are here now.</param>
    public void TakeBrought(string text, long end)
    {
        var all = SignedCheckpoint.ReadAll(text);
        if (all.Count == 0)
            Findings.Add(Found.Forged("The file", "it holds no checkpoint"));
        var stored = Trusted.ToDictionary(checkpoint => checkpoint.Size);
        for (var at = 0; at < all.Count; at++)
        {
            if (all[at] is not { } signed)
            {
                Findings.Add(Found.Forged(Found.Text($"Checkpoint {at + 1:N0} of the file"), "it cannot be read as one"));
                continue;
            }
            var checkpoint = signed.Checkpoint;
            if (Distrust(signed) is { } why)
                Findings.Add(Found.Forged(Found.Text($"The file's checkpoint over {checkpoint.Size:N0} entries"), why));
            else if (!stored.TryGetValue(checkpoint.Size, out var own))
                Miss(checkpoint, end);
            else if (own.Root != checkpoint.Root)
                Trusted.Add(checkpoint);
        }
        Trusted.Sort((one, other) => one.Size.CompareTo(other.Size));
    }

    public void Dispose()
    {
        foreach (var key in opened.Values)
            key.Dispose();
    }

    private void Miss(AuditCheckpoint checkpoint, long end)
    {
        Trusted.Add(checkpoint);
        if (checkpoint.Size <= end)
            Findings.Add(Found.CheckpointChanged(Found.Text($"The checkpoint over {checkpoint.Size:N0} entries is no longer stored here, but the file holds it with a good signature.")));
    }

    private string? Distrust(SignedCheckpoint signed)
    {
        if (!keys.TryGetValue(signed.Checkpoint.KeyId, out var pem))
            return $"it is signed by the key {signed.Checkpoint.KeyId}, which is not known here";
        if (!opened.TryGetValue(signed.Checkpoint.KeyId, out var key))
        {
            opened[signed.Checkpoint.KeyId] = key = ECDsa.Create();
            key.ImportFromPem(pem);
        }
        return signed.IsSignedBy(key) ? null : "its signature is wrong, so that it was changed or never signed";
    }

    private static bool SaysTheSame(AuditCheckpointRecord record, SignedCheckpoint signed) =>
        signed.Text == record.Text && signed.Checkpoint.Size == record.Size && signed.Checkpoint.Root.ToString() == record.Root
        && signed.Checkpoint.KeyId == record.KeyId && signed.Checkpoint.At == record.At;
}
