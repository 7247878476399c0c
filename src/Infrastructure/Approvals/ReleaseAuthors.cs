using System.Globalization;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>
/// Says who authored what a release adds: every commit since the last release's tag (of a first release, all there are), by git,
/// with the logins that GitHub knows. What one of the two does not tell makes the authors unknown, and then nobody may approve.
/// </summary>
internal sealed class ReleaseAuthors(ProjectMirrors mirrors, ProjectSessions sessions, GitHubClients clients)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <param name="commit">What is released: 40 hex digits.</param>
    /// <returns>Every author once, or why it cannot be told now. Without it nobody can be left out, so nobody may approve.</returns>
    public async Task<Result<IReadOnlyList<CommitAuthor>, StepError>> FindAsync(ReleaseFacts facts, string commit, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(commit, out var head))
            return Unknown($"'{commit}' is no commit.");
        var last = facts.LastVersion is { } version ? TagName.Parse(facts.Project.Settings.TagFor(version)) : null;
        var mirror = await mirrors.OpenAsync(facts.Project, Fresh, cancellationToken);
        if (!mirror.IsOk)
            return mirror.Error;
        var log = await mirror.Value.Repository.LogAsync(head, last is null ? null : (Revision)last, GitHubClient.MostCommits + 1, cancellationToken);
        if (!log.IsOk)
            return Unknown(log.Error.Message);
        if (log.Value.Count > GitHubClient.MostCommits)
            return TooMany(last is null);
        var logins = await LoginsAsync(facts, last, head, cancellationToken);
        if (!logins.IsOk)
            return logins.Error;
        if (log.Value.FirstOrDefault(entry => !logins.Value.ContainsKey(entry.Sha.Value)) is { } untold)
            return Unknown($"GitHub does not say whose commit {untold.Sha.Value[..7]} is.");
        return Result<IReadOnlyList<CommitAuthor>, StepError>.Ok(
        [
            .. log.Value
                .Select(entry => new CommitAuthor(entry.AuthorName, entry.AuthorEmail, logins.Value[entry.Sha.Value] ?? CommitAuthor.LoginIn(entry.AuthorEmail)))
                .DistinctBy(author => author.ToString()),
        ]);
    }

    /// <summary>By commit: the author's login, or null where GitHub knows no account with that address.</summary>
    private async Task<Result<IReadOnlyDictionary<string, string?>, StepError>> LoginsAsync(ReleaseFacts facts, TagName? last, CommitSha head, CancellationToken cancellationToken)
    {
        if (!RepositoryName.TryParse(facts.Project.Repository, out var name))
            return Unknown($"'{facts.Project.Repository}' is no repository at GitHub.");
        var token = await sessions.TokenAsync(facts.Project, cancellationToken);
        if (!token.IsOk)
            return token.Error;
        var client = clients.For(facts.Project, token.Value.Length == 0 ? null : token.Value);
        var commits = last is null ? await client.CommitsToAsync(name, head, cancellationToken) : await client.CommitsBetweenAsync(name, last, head, cancellationToken);
        return commits.IsOk
            ? commits.Value.DistinctBy(entry => entry.Sha).ToDictionary(entry => entry.Sha, entry => entry.Author?.Login)
            : Unknown($"GitHub does not name the authors: {commits.Error.Message}");
    }

    private static StepError Unknown(string why) => new(
        "authors-unknown",
        "It cannot be seen who authored what is released, and authors may not approve it.",
        why,
        "Until then nobody can decide. It is looked for again by itself; put right what is named, then choose Look now.");

    private static StepError TooMany(bool isFirst) => new(
        "authors-unknown",
        "It cannot be seen who authored what is released, and authors may not approve it.",
        string.Create(CultureInfo.InvariantCulture, $"The release has more than {GitHubClient.MostCommits} commits{(isFirst ? ", because no earlier version has a tag" : "")}."),
        isFirst
            ? "Nobody can decide. Tag the version that was released before, abort, and start the release anew; or use a playbook without not_author."
            : "Nobody can decide. Abort, and start the release anew with a playbook without not_author.");
}
