using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Web.Audit;

/// <summary>Whose release it is, asked before anything of it is read.</summary>
public sealed class PackOwner(LedgerStore ledger, AuditAccess access)
{
    public AuditAccess Access => access;

    /// <summary>The release's project, or null when there is no such release.</summary>
    public async Task<Guid?> ProjectOfAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Releases.Where(release => release.Id == releaseId).Select(release => (Guid?)release.ProjectId).FirstOrDefaultAsync(cancellationToken);
    }
}
