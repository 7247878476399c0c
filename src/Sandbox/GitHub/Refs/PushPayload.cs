using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Refs;

/// <summary>Bodies of the events <c>push</c>, <c>create</c> and <c>delete</c>.</summary>
internal sealed class PushPayload(GitHubUrls urls)
{
    private const int MostCommits = 20;
    private static readonly string Nothing = new('0', 40);

    public async Task<object> OfAsync(SandboxRepository repository, RefChange change, Persona? actor)
    {
        var commits = await CommitsAsync(repository.Git, change);
        var forced = change is { Before: not null, After: not null } && !await repository.Git.ContainsAsync(change.After, change.Before);
        return new
        {
            @ref = change.Name,
            before = change.Before ?? Nothing,
            after = change.After ?? Nothing,
            created = change.Before is null,
            deleted = change.After is null,
            forced,
            base_ref = (string?)null,
            compare = $"{urls.Html(repository)}/compare/{change.Before}...{change.After}",
            commits = commits.Reverse().Select(commit => Commit(repository, commit)),
            head_commit = commits.Count > 0 ? Commit(repository, commits[0]) : null,
            repository = RepositoryAnswer.Of(urls, repository),
            pusher = new { name = actor?.Login ?? "unknown", email = actor?.Email },
            sender = UserAnswer.Of(urls, actor?.Login ?? repository.State.Owner),
        };
    }

    public object RefEvent(SandboxRepository repository, RefChange change, Persona? actor) => new
    {
        @ref = change.Name[(change.Name.IndexOf('/', "refs/".Length) + 1)..],
        ref_type = change.Name.StartsWith("refs/tags/", StringComparison.Ordinal) ? "tag" : "branch",
        master_branch = repository.State.DefaultBranch,
        description = repository.State.Description,
        pusher_type = "user",
        repository = RepositoryAnswer.Of(urls, repository),
        sender = UserAnswer.Of(urls, actor?.Login ?? repository.State.Owner),
    };

    private static Task<IReadOnlyList<GitCommit>> CommitsAsync(GitRepository git, RefChange change) => change switch
    {
        { After: null } => Task.FromResult<IReadOnlyList<GitCommit>>([]),
        { Before: null } => git.LogAsync(1, 0, change.After),
        _ => git.LogAsync(MostCommits, 0, change.After, "^" + change.Before),
    };

    private object Commit(SandboxRepository repository, GitCommit commit) => new
    {
        id = commit.Sha,
        tree_id = commit.Tree,
        distinct = true,
        message = commit.Message,
        timestamp = commit.Committer.Date,
        url = $"{urls.Html(repository)}/commit/{commit.Sha}",
        author = new { name = commit.Author.Name, email = commit.Author.Email },
        committer = new { name = commit.Committer.Name, email = commit.Committer.Email },
    };
}
