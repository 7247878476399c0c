using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>Check runs and suites in GitHub's words.</summary>
internal sealed class CheckAnswer(GitHubUrls urls)
{
    public object Run(SandboxRepository repository, CheckRun run)
    {
        var api = $"{urls.Repo(repository)}/check-runs/{run.Id}";
        var html = $"{urls.Html(repository)}/runs/{run.Id}";
        return new
        {
            id = run.Id,
            node_id = GitHubUrls.Node("CheckRun", run.Id),
            head_sha = run.Sha,
            external_id = run.ExternalId ?? "",
            url = api,
            html_url = html,
            details_url = run.DetailsUrl ?? JobPage(repository, run) ?? html,
            status = run.Status,
            conclusion = run.Conclusion,
            started_at = run.StartedAt,
            completed_at = run.CompletedAt,
            name = run.Name,
            output = new
            {
                title = run.Title,
                summary = run.Summary,
                text = run.Text,
                annotations_count = run.Annotations.Count,
                annotations_url = api + "/annotations",
            },
            check_suite = new { id = run.Suite },
            app = App(run.Workflow is not null),
            pull_requests = Pulls(repository, run.Sha),
        };
    }

    public async Task<object> SuiteAsync(SandboxRepository repository, int suite)
    {
        var runs = CheckSummary.OfSuite(repository.State, suite).ToList();
        var done = runs.All(run => run.Status == "completed");
        var api = $"{urls.Repo(repository)}/check-suites/{suite}";
        var commit = await repository.Git.CommitAsync(runs[0].Sha);
        var bad = runs.FirstOrDefault(run => run.Conclusion is not ("success" or "neutral" or "skipped"));
        return new
        {
            id = suite,
            node_id = GitHubUrls.Node("CheckSuite", suite),
            head_branch = repository.State.Pulls.FirstOrDefault(pull => pull.HeadSha == runs[0].Sha)?.Head,
            head_sha = runs[0].Sha,
            status = done ? "completed" : runs.Any(run => run.Status != "queued") ? "in_progress" : "queued",
            conclusion = done ? bad?.Conclusion ?? "success" : null,
            url = api,
            before = (string?)null,
            after = runs[0].Sha,
            pull_requests = Pulls(repository, runs[0].Sha),
            app = App(runs[0].Workflow is not null),
            repository = RepositoryAnswer.Of(urls, repository),
            created_at = runs[0].StartedAt ?? runs[0].Plan?.StartAt,
            updated_at = runs.Max(run => run.CompletedAt ?? run.StartedAt) ?? runs[0].Plan?.StartAt,
            head_commit = commit is null ? null : new
            {
                id = commit.Sha,
                tree_id = commit.Tree,
                message = commit.Message,
                timestamp = commit.Committer.Date,
                author = new { name = commit.Author.Name, email = commit.Author.Email },
                committer = new { name = commit.Committer.Name, email = commit.Committer.Email },
            },
            latest_check_runs_count = runs.Count,
            check_runs_url = api + "/check-runs",
        };
    }

    private string? JobPage(SandboxRepository repository, CheckRun check) =>
        check.Workflow is not null && repository.State.WorkflowRuns.FirstOrDefault(run => run.Suite == check.Suite) is { } run
            ? $"{urls.Html(repository)}/actions/runs/{run.Id}/job/{check.Id}"
            : null;

    // Jobs of workflows are checks of GitHub's own app.
    private object App(bool isWorkflow) => new
    {
        id = isWorkflow ? 15368 : 15369,
        slug = isWorkflow ? "github-actions" : "sandbox-checks",
        client_id = isWorkflow ? "github-actions" : "sandbox-checks",
        node_id = GitHubUrls.Node("App", isWorkflow ? 15368 : 15369),
        owner = UserAnswer.Of(urls, "sandbox"),
        name = isWorkflow ? "GitHub Actions" : "Sandbox checks",
        description = isWorkflow ? "Runs the workflows of repositories" : "Runs the sandbox's check script",
        external_url = urls.Root,
        html_url = urls.Root + (isWorkflow ? "/apps/github-actions" : "/apps/sandbox-checks"),
        created_at = "2020-01-01T00:00:00Z",
        updated_at = "2020-01-01T00:00:00Z",
        permissions = new { checks = "write", contents = "read" },
        events = new[] { "check_run", "check_suite" },
    };

    private List<object> Pulls(SandboxRepository repository, string sha)
    {
        var repo = new { id = repository.State.Id, url = urls.Repo(repository), name = repository.State.Name };
        return
        [
            .. repository.State.Pulls.Where(pull => pull.Open && pull.HeadSha == sha).Select(pull => new
            {
                id = pull.Id,
                number = pull.Number,
                url = $"{urls.Repo(repository)}/pulls/{pull.Number}",
                head = new { @ref = pull.Head, sha = pull.HeadSha, repo },
                @base = new { @ref = pull.Base, sha = pull.BaseSha, repo },
            }),
        ];
    }
}
