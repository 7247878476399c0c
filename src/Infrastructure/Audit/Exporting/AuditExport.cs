using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ReleaseDashboard.Core.Exporting;
using ReleaseDashboard.Infrastructure.Audit.Listing;

namespace ReleaseDashboard.Infrastructure.Audit.Exporting;

/// <summary>What an export can look like.</summary>
public enum AuditExportFormat
{
    /// <summary>JSON Lines: one object for each entry.</summary>
    Jsonl,

    /// <summary>Comma-separated values that are safe to open in a spreadsheet.</summary>
    Csv,
}

/// <summary>Writes entries out as they are read, however many there are.</summary>
public sealed class AuditExport(AuditQueries queries)
{
    private const int FlushEvery = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ContentTypeOf(AuditExportFormat format) => format == AuditExportFormat.Csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";

    /// <returns>How many entries were written.</returns>
    public async Task<long> WriteAsync(Stream target, AuditFilter filter, AuditExportFormat format, CancellationToken cancellationToken)
    {
        var count = 0L;
        await using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        if (format == AuditExportFormat.Csv)
            await writer.WriteAsync(CsvLine.Of(AuditCsv.Columns).AsMemory(), cancellationToken);
        await foreach (var row in queries.AllAsync(filter, cancellationToken))
        {
            var line = format == AuditExportFormat.Csv ? CsvLine.Of(AuditCsv.Cells(row)) : JsonSerializer.Serialize(row, Json) + "\n";
            await writer.WriteAsync(line.AsMemory(), cancellationToken);
            if (++count % FlushEvery == 0)
                await writer.FlushAsync(cancellationToken);
        }
        await writer.FlushAsync(cancellationToken);
        return count;
    }
}
