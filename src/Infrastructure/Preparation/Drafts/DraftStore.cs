using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Preparation.Drafts;

/// <summary>
/// Drafts of the wizard, in the database so that they outlive a connection and a restart. Only the owner sees one: to others
/// it is not there. Nothing has run, so nothing is audited.
/// </summary>
public sealed class DraftStore(LedgerStore ledger, TimeProvider time)
{
    private const int MaximumVersion = 100;

    /// <summary>Starts a draft, or null when there is no such project or the person may not release it.</summary>
    [Needs(Permission.StartRelease)]
    public async Task<ReleaseDraft?> CreateAsync(Actor actor, Guid projectId, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.StartRelease, projectId))
            return null;
        var now = time.GetUtcNow();
        var draft = new DraftRecord { Id = Guid.CreateVersion7(now), ProjectId = projectId, Owner = actor.Name, Page = ReleaseDraft.Pages[0], SavedAt = now };
        var isThere = false;
        await ledger.AppendAsync(
            async db =>
            {
                isThere = await db.Projects.AnyAsync(project => project.Id == projectId, cancellationToken);
                if (!isThere)
                    return;
                db.Drafts.Add(draft);
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        return isThere ? Of(draft) : null;
    }

    /// <summary>The draft, or null when there is none of that id or it is somebody else's.</summary>
    [SignedIn]
    public async Task<ReleaseDraft?> LoadAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Drafts.FirstOrDefaultAsync(draft => draft.Id == id && draft.Owner == actor.Name, cancellationToken) is { } found && actor.May(Permission.SeeProject, found.ProjectId)
            ? Of(found)
            : null;
    }

    /// <summary>The person's own drafts, the last saved first.</summary>
    [SignedIn]
    public async Task<IReadOnlyList<ReleaseDraft>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var own = await db.Drafts.Where(draft => draft.Owner == actor.Name).ToListAsync(cancellationToken);
        return [.. own.Where(draft => actor.May(Permission.SeeProject, draft.ProjectId)).OrderByDescending(draft => draft.SavedAt).Select(Of)];
    }

    /// <param name="version">As it was typed so far; it need not be valid yet.</param>
    /// <param name="page">One of <see cref="ReleaseDraft.Pages"/>.</param>
    [SignedIn]
    public async Task<ActionResult> SaveAsync(Actor actor, Guid id, string? version, string page, CancellationToken cancellationToken)
    {
        if (!ReleaseDraft.Pages.Contains(page))
            return ActionResult.Refused(Refusal.Invalid, $"The wizard has no page '{page}'.");
        if (version?.Length > MaximumVersion)
            return ActionResult.Refused(Refusal.Invalid, $"A version has at most {MaximumVersion} characters.");
        var now = time.GetUtcNow();
        var rows = 0;
        await ledger.AppendAsync(
            async db => rows = await db.Drafts.Where(draft => draft.Id == id && draft.Owner == actor.Name).ExecuteUpdateAsync(
                set => set.SetProperty(draft => draft.Version, version).SetProperty(draft => draft.Page, page).SetProperty(draft => draft.SavedAt, now), cancellationToken),
            cancellationToken);
        return rows == 1 ? ActionResult.Done : NotThere;
    }

    [SignedIn]
    public async Task<ActionResult> DeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var rows = 0;
        await ledger.AppendAsync(
            async db => rows = await db.Drafts.Where(draft => draft.Id == id && draft.Owner == actor.Name).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        return rows == 1 ? ActionResult.Done : NotThere;
    }

    private static ActionResult NotThere { get; } = ActionResult.Refused(Refusal.NotFound, "There is no such draft.");

    private static ReleaseDraft Of(DraftRecord record) => new(record.Id, record.ProjectId, record.Version, record.Page, record.SavedAt);
}
