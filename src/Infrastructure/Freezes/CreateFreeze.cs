using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Freezes;

/// <summary>A freeze to make.</summary>
/// <param name="ProjectId">The project, or null for all of them.</param>
/// <param name="From">Null for now.</param>
/// <param name="Until">Null for a lock that lasts until somebody lifts it.</param>
public sealed record NewFreeze(Guid? ProjectId, string? Reason, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>Freezes a project's releases, or all: nothing is published meanwhile.</summary>
public sealed class CreateFreeze(LedgerStore ledger, TimeProvider time)
{
    private const int MaximumReason = 1_000;

    [Needs(Permission.Freeze)]
    public Task<(Guid? Id, ActionResult Result)> RunAsync(Actor actor, NewFreeze asked, CancellationToken cancellationToken) =>
        ledger.WriteAsync<(Guid?, ActionResult)>(
            async write =>
            {
                if (Access.WhyNot(actor, asked.ProjectId is null ? Permission.FreezeAll : Permission.Freeze, asked.ProjectId) is { } refused)
                    return write.Refuse<(Guid?, ActionResult)>((null, refused));
                if (asked.Reason?.Trim() is not { Length: > 0 and <= MaximumReason } reason)
                    return write.Refuse(Refused(Refusal.Invalid, "Say why: everybody who waits reads the reason."));
                var from = asked.From?.ToUniversalTime() ?? write.Now;
                var until = asked.Until?.ToUniversalTime();
                if (until <= from || until <= write.Now)
                    return write.Refuse(Refused(Refusal.Invalid, "The end must be later than the beginning, and not in the past."));
                if (asked.ProjectId is { } project && !await write.Db.Projects.AnyAsync(record => record.Id == project, write.CancellationToken))
                    return write.Refuse(Refused(Refusal.NotFound, "There is no such project."));
                var record = new FreezeRecord
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    ProjectId = asked.ProjectId,
                    Reason = reason,
                    From = from,
                    Until = until,
                    CreatedBy = actor.Name,
                    CreatedAt = write.Now,
                };
                write.Db.Freezes.Add(record);
                write.Audit(actor, "freeze.create", asked.ProjectId, null, record.Id.ToString("D"), after: new { record.Reason, record.From, record.Until, AllProjects = asked.ProjectId is null });
                await FreezeWakes.TellAsync(write, asked.ProjectId);
                return (record.Id, ActionResult.Done);
            },
            cancellationToken);

    private static (Guid?, ActionResult) Refused(Refusal refusal, string message) => (null, ActionResult.Refused(refusal, message));
}
