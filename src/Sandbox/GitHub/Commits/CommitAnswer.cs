using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Commits;

/// <summary>Commits and changed files in GitHub's words.</summary>
internal static class CommitAnswer
{
    public static Dictionary<string, object?> Of(GitHubUrls urls, SandboxRepository repository, GitCommit commit)
    {
        var repo = urls.Repo(repository);
        return new Dictionary<string, object?>
        {
            ["sha"] = commit.Sha,
            ["node_id"] = GitHubUrls.Node("Commit", commit.Sha),
            ["url"] = $"{repo}/commits/{commit.Sha}",
            ["html_url"] = $"{urls.Html(repository)}/commit/{commit.Sha}",
            ["comments_url"] = $"{repo}/commits/{commit.Sha}/comments",
            ["commit"] = new
            {
                url = $"{repo}/git/commits/{commit.Sha}",
                author = Person(commit.Author),
                committer = Person(commit.Committer),
                message = commit.Message,
                comment_count = 0,
                tree = new { sha = commit.Tree, url = $"{repo}/git/trees/{commit.Tree}" },
                verification = CommitVerification.Unsigned,
            },
            ["author"] = Account(urls, commit.Author),
            ["committer"] = Account(urls, commit.Committer),
            ["parents"] = Parents(urls, repository, commit),
        };
    }

    /// <summary>The git object itself, without accounts.</summary>
    public static object Git(GitHubUrls urls, SandboxRepository repository, GitCommit commit) => new
    {
        sha = commit.Sha,
        node_id = GitHubUrls.Node("Commit", commit.Sha),
        url = $"{urls.Repo(repository)}/git/commits/{commit.Sha}",
        html_url = $"{urls.Html(repository)}/commit/{commit.Sha}",
        author = Person(commit.Author),
        committer = Person(commit.Committer),
        message = commit.Message,
        tree = new { sha = commit.Tree, url = $"{urls.Repo(repository)}/git/trees/{commit.Tree}" },
        parents = Parents(urls, repository, commit),
        verification = CommitVerification.Unsigned,
    };

    public static object File(GitHubUrls urls, SandboxRepository repository, string sha, GitFileChange file)
    {
        var path = Uri.EscapeDataString(file.Path);
        var answer = new Dictionary<string, object?>
        {
            ["sha"] = file.Blob,
            ["filename"] = file.Path,
            ["status"] = file.Status,
            ["additions"] = file.Added,
            ["deletions"] = file.Removed,
            ["changes"] = file.Added + file.Removed,
            ["blob_url"] = $"{urls.Html(repository)}/blob/{sha}/{path}",
            ["raw_url"] = $"{urls.Html(repository)}/raw/{sha}/{path}",
            ["contents_url"] = $"{urls.Repo(repository)}/contents/{path}?ref={sha}",
        };
        if (file.Patch is not null)
            answer["patch"] = file.Patch;
        if (file.Previous is not null)
            answer["previous_filename"] = file.Previous;
        return answer;
    }

    private static object Person(GitPerson person) => new { name = person.Name, email = person.Email, date = person.Date };

    private static Dictionary<string, object?>? Account(GitHubUrls urls, GitPerson person) =>
        Personas.All.FirstOrDefault(persona => persona.Email == person.Email) is { } persona ? UserAnswer.Of(urls, persona.Login) : null;

    private static List<object> Parents(GitHubUrls urls, SandboxRepository repository, GitCommit commit) =>
    [
        .. commit.Parents.Select(sha => new
        {
            sha,
            url = $"{urls.Repo(repository)}/commits/{sha}",
            html_url = $"{urls.Html(repository)}/commit/{sha}",
        }),
    ];
}
