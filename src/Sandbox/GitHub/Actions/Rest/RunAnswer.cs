using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>Workflow runs and jobs in GitHub's words.</summary>
internal sealed class RunAnswer(GitHubUrls urls)
{
    public static string Page(GitHubUrls urls, SandboxRepository repository, int run) => $"{urls.Html(repository)}/actions/runs/{run}";

    public async Task<object> RunAsync(SandboxRepository repository, WorkflowRun run)
    {
        var repo = urls.Repo(repository);
        var api = $"{repo}/actions/runs/{run.Id}";
        var commit = await repository.Git.CommitAsync(run.HeadSha);
        var home = RepositoryAnswer.Of(urls, repository);
        return new
        {
            id = run.Id,
            name = run.Name,
            node_id = GitHubUrls.Node("WorkflowRun", run.Id),
            head_branch = run.HeadBranch,
            head_sha = run.HeadSha,
            path = run.Path,
            display_title = run.Title,
            run_number = run.Number,
            @event = run.Event,
            status = run.Status,
            conclusion = run.Conclusion,
            workflow_id = run.Workflow,
            check_suite_id = run.Suite,
            check_suite_node_id = GitHubUrls.Node("CheckSuite", run.Suite),
            url = api,
            html_url = Page(urls, repository, run.Id),
            pull_requests = Pulls(repository, run),
            created_at = run.CreatedAt,
            updated_at = run.UpdatedAt,
            actor = UserAnswer.Of(urls, run.Actor),
            run_attempt = run.Attempt,
            referenced_workflows = Array.Empty<object>(),
            run_started_at = run.StartedAt,
            triggering_actor = UserAnswer.Of(urls, run.TriggeringActor),
            jobs_url = api + "/jobs",
            logs_url = api + "/logs",
            check_suite_url = $"{repo}/check-suites/{run.Suite}",
            artifacts_url = api + "/artifacts",
            cancel_url = api + "/cancel",
            rerun_url = api + "/rerun",
            previous_attempt_url = run.Attempt > 1 ? $"{api}/attempts/{run.Attempt - 1}" : null,
            workflow_url = $"{repo}/actions/workflows/{run.Workflow}",
            head_commit = commit is null ? null : new
            {
                id = commit.Sha,
                tree_id = commit.Tree,
                message = commit.Message,
                timestamp = commit.Committer.Date,
                author = new { name = commit.Author.Name, email = commit.Author.Email },
                committer = new { name = commit.Committer.Name, email = commit.Committer.Email },
            },
            repository = home,
            head_repository = home,
        };
    }

    public object Job(SandboxRepository repository, WorkflowRun run, WorkflowJob job)
    {
        var repo = urls.Repo(repository);
        var runs = job.StartedAt is not null && job.Conclusion != "skipped";
        return new
        {
            id = job.Id,
            run_id = run.Id,
            workflow_name = run.Name,
            head_branch = run.HeadBranch,
            run_url = $"{repo}/actions/runs/{run.Id}",
            run_attempt = job.Attempt,
            node_id = GitHubUrls.Node("CheckRun", job.Id),
            head_sha = run.HeadSha,
            url = $"{repo}/actions/jobs/{job.Id}",
            html_url = $"{Page(urls, repository, run.Id)}/job/{job.Id}",
            status = job.Status,
            conclusion = job.Conclusion,
            created_at = job.CreatedAt,
            started_at = job.StartedAt ?? job.CreatedAt,
            completed_at = job.CompletedAt,
            name = job.Name,
            steps = runs ? job.Steps.Select(Step) : [],
            check_run_url = $"{repo}/check-runs/{job.Id}",
            labels = job.Labels,
            runner_id = runs ? 1 : (int?)null,
            runner_name = runs ? "Sandbox 1" : null,
            runner_group_id = runs ? 0 : (int?)null,
            runner_group_name = runs ? "Sandbox" : null,
        };
    }

    private static object Step(WorkflowStep step) => new
    {
        name = step.Name,
        status = step.Status,
        conclusion = step.Conclusion,
        number = step.Number,
        started_at = step.StartedAt,
        completed_at = step.CompletedAt,
    };

    private List<object> Pulls(SandboxRepository repository, WorkflowRun run)
    {
        var repo = new { id = repository.State.Id, url = urls.Repo(repository), name = repository.State.Name };
        return
        [
            .. repository.State.Pulls.Where(pull => pull.Number == run.Pull).Select(pull => new
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
