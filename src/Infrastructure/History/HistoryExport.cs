using System.Globalization;
using System.Text.Json;
using ReleaseDashboard.Core.Exporting;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>Writes the filtered history line by line, while it is read: any number of releases in the same memory.</summary>
public sealed class HistoryExport(HistoryReader history)
{
    private static readonly string[] Columns =
    [
        "id", "project", "version", "outcome", "rehearsal", "playbook", "started_by", "approved_by", "started_at", "finished_at", "lead_seconds", "people_seconds", "outside_seconds",
        "failed_attempts", "passed_on_retry", "package_bytes", "image_bytes", "abort_reason",
    ];

    [SignedIn]
    public async Task WriteCsvAsync(Actor actor, HistoryFilter filter, TextWriter writer, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(CsvLine.Of(Columns).AsMemory(), cancellationToken);
        await foreach (var release in history.AllAsync(actor, filter, cancellationToken))
            await writer.WriteAsync(CsvLine.Of(Fields(release)).AsMemory(), cancellationToken);
    }

    [SignedIn]
    public async Task WriteJsonLinesAsync(Actor actor, HistoryFilter filter, TextWriter writer, CancellationToken cancellationToken)
    {
        await foreach (var release in history.AllAsync(actor, filter, cancellationToken))
            await writer.WriteAsync((JsonSerializer.Serialize(release, JsonColumn.Options) + "\n").AsMemory(), cancellationToken);
    }

    private static IEnumerable<string?> Fields(FinishedRelease release) =>
    [
        release.Id.ToString("D"), release.Project, release.Version, release.IsPublished ? "published" : "aborted", release.IsRehearsal ? "yes" : "no", release.Playbook, release.StartedBy,
        string.Join(' ', release.ApprovedBy), Text(release.StartedAt), Text(release.FinishedAt), Text(release.Lead), Text(release.People), Text(release.Outside),
        release.Failures.ToString(CultureInfo.InvariantCulture), release.Retries.ToString(CultureInfo.InvariantCulture),
        release.PackageBytes?.ToString(CultureInfo.InvariantCulture), release.ImageBytes?.ToString(CultureInfo.InvariantCulture), release.AbortReason,
    ];

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan span) => Math.Round(span.TotalSeconds, 1).ToString(CultureInfo.InvariantCulture);
}
