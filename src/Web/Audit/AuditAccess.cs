using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Audit;

/// <summary>Who reads what of the audit trail: all of it with the permission, or the entries of a project that one sees.</summary>
public sealed class AuditAccess(CurrentActor current, ProjectQueries projects)
{
    /// <param name="project">Short name of the one project asked for, or null for the whole trail.</param>
    public async Task<bool> MayReadAsync(string? project, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (actor.May(Permission.ReadAudit))
            return true;
        return project is not null && await projects.FindAsync(project, cancellationToken) is { } found && actor.May(Permission.SeeProject, found.Id);
    }

    /// <summary>Whether the whole trail may be checked and proved.</summary>
    public Task<bool> MayCheckAsync(CancellationToken cancellationToken) => MayReadAsync(null, cancellationToken);

    /// <summary>Whether checkpoints may be signed out of turn. Checking takes nobody's trust; signing is a write.</summary>
    public async Task<bool> MaySignAsync(CancellationToken cancellationToken) =>
        (await current.GetAsync(cancellationToken)).May(Permission.ManagePeople);
}
