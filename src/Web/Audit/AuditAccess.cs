using ReleaseDashboard.Core.People;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Audit;

/// <summary>Who reads what of the audit trail: all of it with the permission, otherwise the entries of the projects that one sees.</summary>
public sealed class AuditAccess(CurrentActor current)
{
    /// <summary>Ids of the projects whose entries are shown; null for the whole trail, with what belongs to no project.</summary>
    public async Task<IReadOnlyCollection<Guid>?> VisibleAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        return actor.May(Permission.ReadAudit) ? null : actor.ProjectsWhere(Permission.SeeProject) ?? [];
    }

    /// <summary>Whether the whole trail may be checked and proved.</summary>
    public async Task<bool> MayCheckAsync(CancellationToken cancellationToken) => (await current.GetAsync(cancellationToken)).May(Permission.ReadAudit);

    /// <summary>Whether checkpoints may be signed out of turn. Checking takes nobody's trust; signing is a write.</summary>
    public async Task<bool> MaySignAsync(CancellationToken cancellationToken) => (await current.GetAsync(cancellationToken)).May(Permission.ManagePeople);
}
