using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit;

/// <summary>Reads the whole trail, one row at a time, and finds the first entry that does not fit.</summary>
public sealed class AuditVerify(LedgerStore ledger)
{
    public async Task<AuditVerification> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        // The head is read first: entries written meanwhile come after it and are checked next time.
        var recorded = await db.AuditHead.SingleOrDefaultAsync(cancellationToken);
        if (recorded is null)
            return new AuditVerification(0, AuditEntry.Genesis, 1, "The record of the trail's end is gone.");
        var verifier = new AuditChainVerifier();
        var entries = db.Audit.Where(entry => entry.Sequence <= recorded.Sequence).OrderBy(entry => entry.Sequence).AsAsyncEnumerable();
        await foreach (var record in entries.WithCancellation(cancellationToken))
        {
            if (verifier.Take(record.ToEntry(), record.PreviousHash, record.Hash) is { } bad)
                return bad;
        }
        return verifier.Finish(recorded.Sequence, recorded.Hash);
    }
}
