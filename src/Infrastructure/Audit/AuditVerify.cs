using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Verifying;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit;

/// <summary>What the trail is verified against beside itself and what is stored here.</summary>
/// <param name="Checkpoints">Text of checkpoints that were kept elsewhere, or null.</param>
/// <param name="PublicKey">PEM of a public key to trust for them, or null for those of this installation.</param>
public sealed record AuditVerifyRequest(string? Checkpoints = null, string? PublicKey = null)
{
    /// <summary>Longest text of checkpoints that is taken, in characters: years of hourly ones.</summary>
    public const int MaximumLength = 16 * 1024 * 1024;
}

/// <summary>Reads the whole trail and finds the first entry that does not fit, and what else does not.</summary>
public sealed class AuditVerify(LedgerStore ledger, CheckpointKeys keys) : IDisposable
{
    // It takes all processors. A second one waits for its turn.
    private readonly SemaphoreSlim turn = new(1, 1);

    public Task<AuditVerification> RunAsync(CancellationToken cancellationToken) => RunAsync(new AuditVerifyRequest(), null, cancellationToken);

    /// <exception cref="ArgumentException">The public key cannot be read.</exception>
    public async Task<AuditVerification> RunAsync(AuditVerifyRequest request, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, string>(keys.Public(), StringComparer.Ordinal);
        if (request.PublicKey is { } pem)
            known[CheckpointKeys.IdOf(pem)] = pem;
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(request.Checkpoints, known, progress, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<AuditVerification> RunAsync(string? brought, Dictionary<string, string> known, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        // What speaks of entries is read before the end of the trail: the entries it speaks of are then within it.
        using var checkpoints = new CheckpointCheck(known);
        await checkpoints.TakeStoredAsync(ledger, cancellationToken);
        var tiles = await TreeCheck.StoredAsync(ledger, cancellationToken);
        var ends = await TrailEnds.ReadAsync(ledger, cancellationToken);
        if (brought is not null)
            checkpoints.TakeBrought(brought, ends.Entries);

        long[] sizes = [.. checkpoints.Trusted.Select(checkpoint => checkpoint.Size).Where(size => size <= ends.Entries).Append(ends.Entries).Where(size => size > 0).Distinct().Order()];
        var scanned = await ChainScan.RunAsync(ledger, ends.Entries, sizes, progress, cancellationToken);
        var walk = TreeWalk.Of(scanned, sizes);
        var tree = new TreeCheck(walk, scanned, checkpoints.Trusted, tiles);

        List<AuditFinding> findings = [.. ends.Findings(), .. tree.Run(), .. checkpoints.Findings, .. await TimesCheck.RunAsync(ledger, scanned, cancellationToken)];
        if (scanned.Bad is { } bad)
            findings.Add(await Diagnosis.OfAsync(ledger, bad, ends.Entries, cancellationToken));
        else
            findings.AddRange(AtTheEnd(ends, scanned, checkpoints, findings));
        return new AuditVerification(scanned.Good, scanned.Head, Root(walk, scanned).ToString(), tree.Fitting, [.. findings.OrderBy(finding => finding.First ?? long.MaxValue)]);
    }

    private static IEnumerable<AuditFinding> AtTheEnd(TrailEnds ends, ChainScanned scanned, CheckpointCheck checkpoints, List<AuditFinding> findings)
    {
        if (ends.Recorded == scanned.Good && ends.Head != scanned.Head)
            yield return Found.HeadChanged(scanned.Good);
        // Both the entries and the record of the end can be cut to fit each other. A signature cannot.
        if (checkpoints.Trusted.LastOrDefault() is { } last && last.Size > ends.Entries && findings.TrueForAll(finding => finding.Kind != AuditFindingKind.TailCut || finding.Last < last.Size))
            yield return Found.TailCut(ends.Entries + 1, last.Size, Found.Text($"A checkpoint of {last.At:yyyy-MM-dd HH:mm} UTC was signed for {last.Size:N0} entries"));
    }

    private static Hash256 Root(TreeWalk walk, ChainScanned scanned) => scanned.Good == 0 ? MerkleHash.Empty : walk.Roots.GetValueOrDefault(scanned.Good);
}
