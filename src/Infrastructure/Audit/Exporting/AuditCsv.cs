using System.Globalization;
using ReleaseDashboard.Infrastructure.Audit.Listing;

namespace ReleaseDashboard.Infrastructure.Audit.Exporting;

/// <summary>The columns of an entry in a table.</summary>
internal static class AuditCsv
{
    public static IReadOnlyList<string> Columns { get; } =
        ["sequence", "at", "actorKind", "actor", "action", "project", "projectId", "version", "releaseId", "subject", "before", "after", "previousHash", "hash"];

    public static IEnumerable<string?> Cells(AuditRow row) =>
    [
        row.Sequence.ToString(CultureInfo.InvariantCulture),
        row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        row.ActorKind, row.Actor, row.Action, row.Project, row.ProjectId?.ToString("D"), row.Version, row.ReleaseId?.ToString("D"), row.Subject, row.Before, row.After, row.PreviousHash, row.Hash,
    ];
}
