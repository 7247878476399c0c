using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>
/// Keeps what GitHub makes of merged pull requests before people are asked, so that they approve the bytes that are published later and
/// not whatever GitHub says by then. Notes that people wrote always come first.
/// </summary>
internal sealed class GeneratedNotes(LedgerStore ledger, ProjectSessions sessions, GitHubClients clients)
{
    /// <summary>Who is named for notes that nobody wrote.</summary>
    public const string Author = "GitHub";

    /// <param name="commit">What is released: 40 hex digits.</param>
    /// <param name="outputs">What earlier steps proved: notes that are approved already are not made again for another commit.</param>
    /// <returns>The text that will be published; null when the playbook publishes none; or why it cannot be made now.</returns>
    public async Task<Result<string?, StepError>> KeepAsync(
        ReleaseFacts facts, string commit, IReadOnlyDictionary<string, Evidence> outputs, CancellationToken cancellationToken)
    {
        await using (var db = ledger.Read())
        {
            if (await db.ReleaseNotes.FirstOrDefaultAsync(notes => notes.ReleaseId == facts.ReleaseId, cancellationToken) is { } saved)
            {
                if (saved.GeneratedFor is null || saved.GeneratedFor == commit || outputs.Values.Any(evidence => evidence[NotesEvidence.Text] == saved.Text))
                    return Result<string?, StepError>.Ok(saved.Text);
            }
            else if (!await PublishesAsync(db, facts.ReleaseId, cancellationToken))
            {
                return Result<string?, StepError>.Ok(null);
            }
        }
        var made = await MakeAsync(facts, commit, cancellationToken);
        return made.IsOk ? Result<string?, StepError>.Ok(await SaveAsync(facts, commit, made.Value, cancellationToken)) : made.Error;
    }

    private static async Task<bool> PublishesAsync(LedgerContext db, Guid releaseId, CancellationToken cancellationToken)
    {
        var playbook = await db.ReleaseSnapshots.Where(snapshot => snapshot.ReleaseId == releaseId).Select(snapshot => snapshot.PlaybookText).FirstOrDefaultAsync(cancellationToken);
        return PlaybookOutline.Read(playbook ?? "").Any(step => step.Kind == "github.release");
    }

    private async Task<Result<string, StepError>> MakeAsync(ReleaseFacts facts, string commit, CancellationToken cancellationToken)
    {
        if (!RepositoryName.TryParse(facts.Project.Repository, out var name) || !CommitSha.TryParse(commit, out var target)
            || !TagName.TryParse(facts.Project.Settings.TagFor(facts.Version.ToString()), out var tag, out _))
            return Result<string, StepError>.Ok(NotesFromGitHub.Plain(facts));
        var token = await sessions.TokenAsync(facts.Project, cancellationToken);
        if (!token.IsOk)
            return token.Error;
        var notes = await NotesFromGitHub.MakeAsync(clients.For(facts.Project, token.Value.Length == 0 ? null : token.Value), name, facts, tag, target, cancellationToken);
        if (notes.IsOk)
            return Result<string, StepError>.Ok(notes.Value);
        // Where GitHub makes none for this repository, the release says its version, and that is what is approved.
        return notes.Error.Kind is GitHubFailure.Refused or GitHubFailure.NotFound
            ? Result<string, StepError>.Ok(NotesFromGitHub.Plain(facts))
            : new StepError("notes-unknown", "The release notes cannot be made, and they are part of what is approved.", notes.Error.Message,
                "This tries again by itself. Notes that somebody saves on the page of the notes need no GitHub.");
    }

    /// <summary>What counts afterwards: somebody may have written notes meanwhile.</summary>
    private Task<string> SaveAsync(ReleaseFacts facts, string commit, string text, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.LockReleaseAsync(facts.ReleaseId) is not { } release)
                    return write.Refuse(text);
                var saved = await write.Db.ReleaseNotes.FirstOrDefaultAsync(notes => notes.ReleaseId == release.Id, write.CancellationToken);
                if (saved is { GeneratedFor: null })
                    return write.Refuse(saved.Text);
                var before = saved is null ? null : new { Sha256 = NotesEvidence.DigestOf(saved.Text) };
                if (saved is null)
                    write.Db.ReleaseNotes.Add(new ReleaseNotesRecord { ReleaseId = release.Id, Text = text, Revision = 0, SavedBy = Author, SavedAt = write.Now, GeneratedFor = commit });
                else
                    (saved.Text, saved.SavedAt, saved.GeneratedFor) = (text, write.Now, commit);
                write.Audit(Actor.System, "notes.generate", release, release.Version, before, new { Commit = commit, Sha256 = NotesEvidence.DigestOf(text) });
                write.Notify(new Changes.Change.Release(release.Id));
                return text;
            },
            cancellationToken);
}
