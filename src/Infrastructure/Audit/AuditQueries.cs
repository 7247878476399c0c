using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit;

/// <summary>Reads the audit trail.</summary>
public sealed class AuditQueries(LedgerStore ledger)
{
    public async Task<IReadOnlyList<AuditRow>> ListAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await filter.Apply(db)
            .Select(entry => new AuditRow(
                entry.Sequence, entry.At, entry.ActorKind, entry.ActorName, entry.Action, entry.ProjectId,
                db.Projects.Where(project => project.Id == entry.ProjectId).Select(project => project.Name).FirstOrDefault(),
                entry.ReleaseId,
                db.Releases.Where(release => release.Id == entry.ReleaseId).Select(release => release.Version).FirstOrDefault(),
                entry.Subject, entry.Before, entry.After, entry.Hash))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Every action that occurs, for a filter's choices.</summary>
    public async Task<IReadOnlyList<string>> ActionsAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Audit.Select(entry => entry.Action).Distinct().OrderBy(action => action).ToListAsync(cancellationToken);
    }

    /// <summary>Every person and worker that occurs, for a filter's choices.</summary>
    public async Task<IReadOnlyList<string>> ActorsAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Audit.Where(entry => entry.ActorKind != "worker").Select(entry => entry.ActorName).Distinct().OrderBy(name => name).ToListAsync(cancellationToken);
    }
}

/// <summary>An entry as a list shows it.</summary>
/// <param name="Project">The project's present name.</param>
/// <param name="Before">State before, as JSON, or null.</param>
/// <param name="After">State after, as JSON, or null.</param>
public sealed record AuditRow(
    long Sequence, DateTimeOffset At, string ActorKind, string Actor, string Action, Guid? ProjectId, string? Project,
    Guid? ReleaseId, string? Version, string Subject, string? Before, string? After, string Hash);
