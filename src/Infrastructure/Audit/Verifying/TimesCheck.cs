using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>Compares the index of times with the entries: a changed line would hide entries from filters.</summary>
internal static class TimesCheck
{
    public static async Task<IReadOnlyList<AuditFinding>> RunAsync(LedgerStore ledger, ChainScanned scanned, CancellationToken cancellationToken)
    {
        var right = scanned.Parts.SelectMany(part => part.Spans).ToList();
        var findings = new List<AuditFinding>();
        await using var db = ledger.Read();
        await foreach (var span in db.AuditSpans.OrderBy(span => span.Index).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            // What was written while the entries were read is checked next time.
            if (span.Index >= right.Count)
                break;
            if (span.Index < 0 || (span.Earliest.ToUnixTimeMilliseconds(), span.Latest.ToUnixTimeMilliseconds()) != right[(int)span.Index])
                findings.Add(Found.Times(span.Index, (span.Index * AuditTimes.Width) + 1, (span.Index + 1) * AuditTimes.Width));
        }
        return findings;
    }
}
