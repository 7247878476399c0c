using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>The release notes as they would be published, or why they cannot be shown.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="IsEdited">Whether people wrote them here; otherwise GitHub made them.</param>
/// <param name="IsKept">Whether an approval covers every byte of them; otherwise GitHub may say something else by the time they are published.</param>
/// <param name="Trouble">In words; null when there are notes.</param>
public sealed record ShownNotes(string Text, bool IsEdited, bool IsKept, string? Trouble)
{
    internal static ShownNotes None(string trouble) => new("", false, false, trouble);
}

/// <summary>Shows release notes before they are published: those that people edited, else what GitHub would make of merged pull requests.</summary>
public sealed class ReleaseNotesPreview(LedgerStore ledger, ProjectSessions sessions, GitHubClients clients)
{
    public async Task<ShownNotes> ReadAsync(ReleaseView release, string? lastVersion, string commit, CancellationToken cancellationToken)
    {
        await using (var db = ledger.Read())
        {
            if (await db.ReleaseNotes.FirstOrDefaultAsync(notes => notes.ReleaseId == release.Id, cancellationToken) is { } kept)
                return new ShownNotes(kept.Text, IsEdited: kept.GeneratedFor is null, IsKept: true, null);
        }
        if (!RepositoryName.TryParse(release.Repository, out var name) || !CommitSha.TryParse(commit, out var target)
            || !TagName.TryParse(release.Settings.TagFor(release.Version), out var tag, out _))
            return ShownNotes.None("There are no notes yet.");
        var project = new Core.Projects.Project(release.ProjectId, release.Project, release.Repository, release.IsRehearsal, release.Settings);
        var token = await sessions.TokenAsync(project, cancellationToken);
        if (!token.IsOk || token.Value.Length == 0)
            return ShownNotes.None("Without a GitHub token the notes cannot be shown before they are made.");
        var previous = lastVersion is null ? null : TagName.Parse(release.Settings.TagFor(lastVersion));
        var notes = await clients.For(project, token.Value).GenerateNotesAsync(name, tag, target, previous, cancellationToken);
        return notes.IsOk ? new ShownNotes(notes.Value.Body, false, false, null) : ShownNotes.None($"GitHub makes no notes now: {notes.Error.Message}");
    }
}
