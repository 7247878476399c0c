using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Which part of the audit trail somebody may read.</summary>
public static class AuditSight
{
    /// <summary>Ids of projects; null for the whole trail, with what belongs to no project.</summary>
    public static IReadOnlyCollection<Guid>? Of(Actor reader) =>
        reader.May(Permission.ReadAudit) ? null : reader.ProjectsWhere(Permission.SeeProject) ?? [];
}
