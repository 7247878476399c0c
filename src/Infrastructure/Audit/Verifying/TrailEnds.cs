using System.Data.Common;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>First and last row of the trail and its recorded end, read in one statement so that they belong together.</summary>
/// <param name="First">The lowest sequence stored; 1 when there is none.</param>
/// <param name="Last">The highest sequence stored; 0 when there is none.</param>
/// <param name="Recorded">How many entries were written by the record of the end; null when that is gone.</param>
/// <param name="Head">Hash of the last one by that record.</param>
internal sealed record TrailEnds(long First, long Last, long? Recorded, string? Head)
{
    private const string Sql =
        """
        SELECT (SELECT MIN("Sequence") FROM audit), (SELECT MAX("Sequence") FROM audit),
            (SELECT "Sequence" FROM audit_head WHERE "Id" = 1), (SELECT "Hash" FROM audit_head WHERE "Id" = 1)
        """;

    /// <summary>How far there is something to check.</summary>
    public long Entries => Math.Min(Last, Recorded ?? Last);

    public static async Task<TrailEnds> ReadAsync(LedgerStore ledger, CancellationToken cancellationToken)
    {
        await using var connection = ledger.Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new TrailEnds(Number(reader, 0) ?? 1, Number(reader, 1) ?? 0, Number(reader, 2), reader.IsDBNull(3) ? null : reader.GetString(3));
    }

    /// <summary>What is wrong at the ends, before a single entry is read.</summary>
    public IEnumerable<AuditFinding> Findings()
    {
        if (First < 1)
            yield return Found.Inserted(First, Math.Min(0, Last), "stands before the first entry; the product counts from 1");
        if (Recorded is not { } recorded)
            yield return Found.HeadGone(Last);
        else if (Last > recorded)
            yield return Found.AfterEnd(recorded + 1, Last, recorded);
        else if (Last < recorded)
            yield return Found.TailCut(Last + 1, recorded, Found.Text($"The record of the trail's end says that {recorded:N0} entries were written"));
    }

    private static long? Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
