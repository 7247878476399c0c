using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Changelog;

/// <summary>
/// The notes that GitHub makes of what was merged since the last release. Asked for here only, so that what people approve and what is
/// published where nobody is asked are made alike. What to do without them is for who asks: wait, or go on with <see cref="Plain"/>.
/// </summary>
internal static class NotesFromGitHub
{
    /// <summary>What a release says that has no notes: what it is, and its version.</summary>
    public static string Plain(ReleaseFacts facts) => string.Create(CultureInfo.InvariantCulture, $"{facts.Project.WhatIsReleased()} {facts.Version}");

    public static async Task<Result<string, GitHubError>> MakeAsync(
        GitHubClient client, RepositoryName repository, ReleaseFacts facts, TagName tag, CommitSha target, CancellationToken cancellationToken)
    {
        var previous = facts.LastVersion is { } last ? TagName.Parse(facts.Project.Settings.TagFor(last)) : null;
        return (await client.GenerateNotesAsync(repository, tag, target, previous, cancellationToken)).Map(notes => notes.Body);
    }
}
