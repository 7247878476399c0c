using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Repositories;

/// <summary>A repository in GitHub's words.</summary>
internal static class RepositoryAnswer
{
    // Addresses that are the repository's own plus a suffix; most lead nowhere here, but GitHub's description requires them.
    private static readonly (string Name, string Suffix)[] Addresses =
    [
        ("archive_url", "/{archive_format}{/ref}"), ("assignees_url", "/assignees{/user}"), ("blobs_url", "/git/blobs{/sha}"),
        ("branches_url", "/branches{/branch}"), ("collaborators_url", "/collaborators{/collaborator}"), ("comments_url", "/comments{/number}"),
        ("commits_url", "/commits{/sha}"), ("compare_url", "/compare/{base}...{head}"), ("contents_url", "/contents/{+path}"),
        ("contributors_url", "/contributors"), ("deployments_url", "/deployments"), ("downloads_url", "/downloads"), ("events_url", "/events"),
        ("forks_url", "/forks"), ("git_commits_url", "/git/commits{/sha}"), ("git_refs_url", "/git/refs{/sha}"), ("git_tags_url", "/git/tags{/sha}"),
        ("hooks_url", "/hooks"), ("issue_comment_url", "/issues/comments{/number}"), ("issue_events_url", "/issues/events{/number}"),
        ("issues_url", "/issues{/number}"), ("keys_url", "/keys{/key_id}"), ("labels_url", "/labels{/name}"), ("languages_url", "/languages"),
        ("merges_url", "/merges"), ("milestones_url", "/milestones{/number}"), ("notifications_url", "/notifications{?since,all,participating}"),
        ("pulls_url", "/pulls{/number}"), ("releases_url", "/releases{/id}"), ("stargazers_url", "/stargazers"), ("statuses_url", "/statuses/{sha}"),
        ("subscribers_url", "/subscribers"), ("subscription_url", "/subscription"), ("tags_url", "/tags"), ("teams_url", "/teams"),
        ("trees_url", "/git/trees{/sha}"), ("url", ""),
    ];

    private static readonly string[] Counts =
    [
        "forks", "forks_count", "size", "stargazers_count", "watchers", "watchers_count", "network_count", "subscribers_count",
    ];

    public static Dictionary<string, object?> Of(GitHubUrls urls, SandboxRepository repository)
    {
        var state = repository.State;
        var html = urls.Html(repository);
        var open = state.Pulls.Count(pull => pull.Open);
        var answer = new Dictionary<string, object?>
        {
            ["id"] = state.Id,
            ["node_id"] = GitHubUrls.Node("Repository", state.Id),
            ["name"] = state.Name,
            ["full_name"] = repository.FullName,
            ["owner"] = UserAnswer.Of(urls, state.Owner),
            ["private"] = false,
            ["html_url"] = html,
            ["description"] = state.Description,
            ["fork"] = false,
            ["clone_url"] = html + ".git",
            ["git_url"] = html + ".git",
            ["ssh_url"] = html + ".git",
            ["svn_url"] = html,
            ["default_branch"] = state.DefaultBranch,
            ["has_issues"] = true,
            ["has_projects"] = false,
            ["has_wiki"] = false,
            ["has_pages"] = false,
            ["has_discussions"] = false,
            ["has_downloads"] = true,
            ["homepage"] = null,
            ["language"] = null,
            ["archived"] = false,
            ["disabled"] = false,
            ["mirror_url"] = null,
            ["license"] = null,
            ["open_issues"] = open,
            ["open_issues_count"] = open,
            ["topics"] = Array.Empty<string>(),
            ["visibility"] = "public",
            ["allow_merge_commit"] = true,
            ["allow_squash_merge"] = true,
            ["allow_rebase_merge"] = true,
            ["permissions"] = new { admin = true, maintain = true, push = true, triage = true, pull = true },
            ["created_at"] = state.CreatedAt,
            ["updated_at"] = state.CreatedAt,
            ["pushed_at"] = state.CreatedAt,
        };
        foreach (var (name, suffix) in Addresses)
            answer[name] = urls.Repo(repository) + suffix;
        foreach (var name in Counts)
            answer[name] = 0;
        return answer;
    }
}
