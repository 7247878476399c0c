using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>Says who authored what a release adds: every commit since the last release's tag, by git, with the logins that GitHub knows.</summary>
internal sealed class ReleaseAuthors(ProjectMirrors mirrors, ProjectSessions sessions, GitHubClients clients)
{
    // A first release has its whole history.
    private const int MostCommits = 20_000;

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
        var log = await mirror.Value.Repository.LogAsync(head, last is null ? null : (Revision)last, MostCommits, cancellationToken);
        if (!log.IsOk)
            return Unknown(log.Error.Message);
        var logins = last is null ? [] : await LoginsAsync(facts, last, head, cancellationToken);
        return Result<IReadOnlyList<CommitAuthor>, StepError>.Ok(
        [
            .. log.Value
                .Select(entry => new CommitAuthor(entry.AuthorName, entry.AuthorEmail, logins.GetValueOrDefault(entry.Sha.Value) ?? CommitAuthor.LoginIn(entry.AuthorEmail)))
                .DistinctBy(author => author.ToString()),
        ]);
    }

    // GitHub's answer adds logins to what git says. Names and addresses are complete without it.
    private async Task<Dictionary<string, string>> LoginsAsync(ReleaseFacts facts, TagName last, CommitSha head, CancellationToken cancellationToken)
    {
        var token = await sessions.TokenAsync(facts.Project, cancellationToken);
        if (!token.IsOk || !RepositoryName.TryParse(facts.Project.Repository, out var name))
            return [];
        var compared = await clients.For(facts.Project, token.Value.Length == 0 ? null : token.Value).CompareAsync(name, last, head, cancellationToken);
        return compared.IsOk
            ? compared.Value.Commits.Where(entry => entry.Author is not null).DistinctBy(entry => entry.Sha).ToDictionary(entry => entry.Sha, entry => entry.Author!.Login)
            : [];
    }

    private static StepError Unknown(string why) => new(
        "authors-unknown", "It cannot be seen who authored what is released.", why, "The rule leaves authors out, so nobody can approve before that is known.");
}
