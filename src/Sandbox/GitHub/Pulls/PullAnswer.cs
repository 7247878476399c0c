using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <summary>A pull request in GitHub's words: short in lists, full when asked for by number.</summary>
internal sealed class PullAnswer(GitHubUrls urls, MergeRules rules)
{
    public Dictionary<string, object?> Simple(SandboxRepository repository, PullRequest pull)
    {
        var api = $"{urls.Repo(repository)}/pulls/{pull.Number}";
        var issue = $"{urls.Repo(repository)}/issues/{pull.Number}";
        var html = $"{urls.Html(repository)}/pull/{pull.Number}";
        return new Dictionary<string, object?>
        {
            ["id"] = pull.Id,
            ["node_id"] = GitHubUrls.Node("PullRequest", pull.Id),
            ["number"] = pull.Number,
            ["state"] = pull.Open ? "open" : "closed",
            ["locked"] = false,
            ["active_lock_reason"] = null,
            ["title"] = pull.Title,
            ["body"] = pull.Body,
            ["user"] = UserAnswer.Of(urls, pull.Author),
            ["draft"] = pull.Draft,
            ["url"] = api,
            ["html_url"] = html,
            ["diff_url"] = html + ".diff",
            ["patch_url"] = html + ".patch",
            ["issue_url"] = issue,
            ["comments_url"] = issue + "/comments",
            ["commits_url"] = api + "/commits",
            ["review_comments_url"] = api + "/comments",
            ["review_comment_url"] = urls.Repo(repository) + "/pulls/comments{/number}",
            ["statuses_url"] = $"{urls.Repo(repository)}/statuses/{pull.HeadSha}",
            ["created_at"] = pull.CreatedAt,
            ["updated_at"] = pull.UpdatedAt,
            ["closed_at"] = pull.ClosedAt,
            ["merged_at"] = pull.MergedAt,
            ["merge_commit_sha"] = pull.MergeCommit,
            ["assignee"] = null,
            ["assignees"] = Array.Empty<object>(),
            ["requested_reviewers"] = Array.Empty<object>(),
            ["requested_teams"] = Array.Empty<object>(),
            ["labels"] = pull.Labels.Select(label => LabelEndpoints.Answer(urls, repository, label)).ToList(),
            ["milestone"] = null,
            ["auto_merge"] = null,
            ["author_association"] = "MEMBER",
            ["head"] = Side(repository, pull.Head, pull.HeadSha),
            ["base"] = Side(repository, pull.Base, pull.BaseSha),
            ["_links"] = new
            {
                self = new { href = api },
                html = new { href = html },
                issue = new { href = issue },
                comments = new { href = issue + "/comments" },
                review_comments = new { href = api + "/comments" },
                review_comment = new { href = urls.Repo(repository) + "/pulls/comments{/number}" },
                commits = new { href = api + "/commits" },
                statuses = new { href = $"{urls.Repo(repository)}/statuses/{pull.HeadSha}" },
            },
        };
    }

    public async Task<Dictionary<string, object?>> FullAsync(SandboxRepository repository, PullRequest pull)
    {
        var answer = Simple(repository, pull);
        var start = await repository.Git.MergeBaseAsync(pull.BaseSha, pull.HeadSha);
        var files = await repository.Git.CountedAsync(start ?? GitDiff.EmptyTree, pull.HeadSha);
        var verdict = pull.Open ? await rules.JudgeAsync(repository, pull) : null;
        answer["merged"] = pull.MergedAt is not null;
        answer["merged_by"] = pull.MergedBy is { } merger ? UserAnswer.Of(urls, merger) : null;
        answer["mergeable"] = verdict is null ? null : !verdict.Conflicts;
        answer["rebaseable"] = verdict is null ? null : !verdict.Conflicts;
        answer["mergeable_state"] = verdict?.State ?? "unknown";
        answer["comments"] = 0;
        answer["review_comments"] = 0;
        answer["maintainer_can_modify"] = false;
        answer["commits"] = await repository.Git.CountAsync($"{pull.BaseSha}..{pull.HeadSha}");
        answer["additions"] = files.Sum(file => file.Added);
        answer["deletions"] = files.Sum(file => file.Removed);
        answer["changed_files"] = files.Count;
        return answer;
    }

    private object Side(SandboxRepository repository, string branch, string sha) => new
    {
        label = $"{repository.State.Owner}:{branch}",
        @ref = branch,
        sha,
        user = UserAnswer.Of(urls, repository.State.Owner),
        repo = RepositoryAnswer.Of(urls, repository),
    };
}
