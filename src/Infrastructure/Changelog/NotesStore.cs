using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Changelog;

/// <summary>Reads and saves the notes of releases. Every save names the revision that it changes, so nobody overwrites what they have not seen.</summary>
public sealed class NotesStore(LedgerStore ledger, ChangelogDrafts drafts, TimeProvider time)
{
    /// <summary>As much as GitHub takes, in characters.</summary>
    public const int MaximumLength = 125_000;

    /// <summary>The notes, drafted when nobody has saved any; null when there is no such release or none that may be seen.</summary>
    /// <param name="knownDraft">A draft that was read before, so that it is not made again; null to make one.</param>
    [Needs(Permission.SeeProject)]
    public async Task<ReleaseNotesView?> FindAsync(Actor actor, Guid releaseId, string? knownDraft, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var release = await db.Releases.Include(record => record.Project).FirstOrDefaultAsync(record => record.Id == releaseId, cancellationToken);
        if (release is null || !actor.May(Permission.SeeProject, release.ProjectId))
            return null;
        var saved = await db.ReleaseNotes.FirstOrDefaultAsync(notes => notes.ReleaseId == releaseId, cancellationToken);
        var rows = await ComparedRows.ReadAsync(db, releaseId, time, cancellationToken);
        var approvals = rows!.Proven.Where(evidence => evidence[ApprovalStep.ApprovedDigest] is not null).ToList();
        var approved = approvals.Select(evidence => evidence[NotesEvidence.Text]).LastOrDefault(text => text is not null);
        var (text, trouble) = (saved?.Text ?? "", (string?)null);
        if (saved is null && knownDraft is { Length: > 0 })
        {
            text = knownDraft;
        }
        else if (saved is null)
        {
            var draft = await drafts.MakeAsync(rows.Project, release.Version, release.LastVersion, rows.Release.Commit, cancellationToken);
            (text, trouble) = draft.IsOk ? (draft.Value, null) : ("", draft.Error);
        }
        return new ReleaseNotesView(
            releaseId, release.ProjectId, release.Project!.Name, release.Version, release.Status, text, saved?.Revision ?? 0, saved?.SavedBy, saved?.SavedAt,
            trouble, approved, approvals.Count > 0, await WhyFixedAsync(db, release, cancellationToken));
    }

    /// <summary>A fresh draft, whatever was saved.</summary>
    [SignedIn]
    public async Task<string?> DraftAsync(Actor actor, Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        if (await ComparedRows.ReadAsync(db, releaseId, time, cancellationToken) is not { } rows || !actor.May(Permission.SeeProject, rows.Project.Id))
            return null;
        var last = await db.Releases.Where(release => release.Id == releaseId).Select(release => release.LastVersion).FirstOrDefaultAsync(cancellationToken);
        var draft = await drafts.MakeAsync(rows.Project, rows.Release.Version, last, rows.Release.Commit, cancellationToken);
        return draft.IsOk ? draft.Value : null;
    }

    /// <summary>Saves the notes.</summary>
    /// <param name="revision">The revision that was on the screen; 0 for the draft.</param>
    [Needs(Permission.EditNotes)]
    public Task<ActionResult> SaveAsync(Actor actor, Guid releaseId, string text, int revision, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.LockReleaseAsync(releaseId) is not { } release)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such release."));
                if (Access.WhyNot(actor, Permission.EditNotes, release.ProjectId, "release") is { } refused)
                    return write.Refuse(refused);
                var clean = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
                if (clean.Length is < 2 or > MaximumLength)
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, $"Notes have 1 to {MaximumLength:N0} characters."));
                if (await WhyFixedAsync(write.Db, release, write.CancellationToken) is { } why)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, why));
                var saved = await write.Db.ReleaseNotes.FirstOrDefaultAsync(notes => notes.ReleaseId == releaseId, write.CancellationToken);
                if ((saved?.Revision ?? 0) != revision)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"{saved?.SavedBy ?? "Somebody"} has saved the notes since you opened them. Yours are still here: compare, then save over them if you want."));
                Keep(write, release, saved, clean, actor);
                // An approval that waits shows the new text at once, and what was decided over the old one does not count.
                await WaitingSteps.LookAgainAsync(write, release.Id);
                return ActionResult.Done;
            },
            cancellationToken);

    private static void Keep(LedgerTransaction write, ReleaseRecord release, ReleaseNotesRecord? saved, string text, Actor actor)
    {
        var before = saved is null ? null : new { saved.Revision, Sha256 = NotesEvidence.DigestOf(saved.Text) };
        if (saved is null)
            write.Db.ReleaseNotes.Add(saved = new ReleaseNotesRecord { ReleaseId = release.Id, Text = text, Revision = 1, SavedBy = actor.Name, SavedAt = write.Now });
        else
            (saved.Text, saved.Revision, saved.SavedBy, saved.SavedAt, saved.GeneratedFor) = (text, saved.Revision + 1, actor.Name, write.Now, null);
        write.Audit(actor, "notes.save", release, release.Version, before, new { saved.Revision, Sha256 = NotesEvidence.DigestOf(text) });
        write.Notify(new Changes.Change.Release(release.Id));
    }

    private static async Task<string?> WhyFixedAsync(LedgerContext db, ReleaseRecord release, CancellationToken cancellationToken)
    {
        if (ReleaseProgress.IsOver(release.Status))
            return $"Release {release.Version} is {Words.Of(release.Status)}: its notes stay as they are here.";
        var playbook = await db.ReleaseSnapshots.Where(snapshot => snapshot.ReleaseId == release.Id).Select(snapshot => snapshot.PlaybookText).FirstOrDefaultAsync(cancellationToken);
        var publishing = PlaybookOutline.Read(playbook ?? "").Where(step => step.Kind == "github.release").Select(step => step.Id).ToList();
        var last = await db.Steps.Where(step => step.ReleaseId == release.Id && publishing.Contains(step.Key)).OrderByDescending(step => step.Ordinal)
            .Select(step => new { step.Status }).FirstOrDefaultAsync(cancellationToken);
        return last?.Status == StepStatus.Succeeded ? "They are published." : null;
    }
}
