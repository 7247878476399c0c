using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>The release notes as they would be published, or why they cannot be shown.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="IsEdited">Whether people wrote them here: then an approval covers every byte of them.</param>
/// <param name="Trouble">In words; null when there are notes.</param>
public sealed record ShownNotes(string Text, bool IsEdited, string? Trouble);

/// <summary>Shows release notes before they are published: those that people edited, else what GitHub would make of merged pull requests.</summary>
public sealed class ReleaseNotesPreview(LedgerStore ledger, ProjectSessions sessions, GitHubClients clients)
{
    public async Task<ShownNotes> ReadAsync(ReleaseView release, string? lastVersion, string commit, CancellationToken cancellationToken)
    {
        await using (var db = ledger.Read())
        {
            if (await db.ReleaseNotes.Where(notes => notes.ReleaseId == release.Id).Select(notes => notes.Text).FirstOrDefaultAsync(cancellationToken) is { } edited)
                return new ShownNotes(edited, IsEdited: true, null);
        }
        if (!RepositoryName.TryParse(release.Repository, out var name) || !CommitSha.TryParse(commit, out var target)
            || !TagName.TryParse(release.Settings.TagFor(release.Version), out var tag, out _))
            return new ShownNotes("", false, "There are no notes yet.");
        var project = new Core.Projects.Project(release.ProjectId, release.Project, release.Repository, release.IsRehearsal, release.Settings);
        var token = await sessions.TokenAsync(project, cancellationToken);
        if (!token.IsOk || token.Value.Length == 0)
            return new ShownNotes("", false, "Without a GitHub token the notes cannot be shown before they are made.");
        var previous = lastVersion is null ? null : TagName.Parse(release.Settings.TagFor(lastVersion));
        var notes = await clients.For(project, token.Value).GenerateNotesAsync(name, tag, target, previous, cancellationToken);
        return notes.IsOk ? new ShownNotes(notes.Value.Body, false, null) : new ShownNotes("", false, $"GitHub makes no notes now: {notes.Error.Message}");
    }
}
