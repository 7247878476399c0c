using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Workflows: their runs, jobs and logs, and starting one.</summary>
public sealed partial class GitHubClient
{
    /// <summary>Runs of a workflow, newest first, of one event.</summary>
    /// <param name="workflow">Its file name: <c>release.yml</c>.</param>
    /// <param name="trigger"><c>push</c>, <c>pull_request</c> or <c>workflow_dispatch</c>.</param>
    /// <param name="head">Only runs of this commit; null for any.</param>
    /// <param name="since">Only runs made at or after this moment; null for any.</param>
    public Task<Result<IReadOnlyList<GitHubWorkflowRun>, GitHubError>> WorkflowRunsAsync(
        RepositoryName name, string workflow, string trigger, CommitSha? head, DateTimeOffset? since, CancellationToken cancellation) =>
        ListAsync<GitHubWorkflowRunPage, GitHubWorkflowRun>(
            $"{name.Path}/actions/workflows/{Escape(workflow)}/runs?event={Escape(trigger)}"
                + (head is null ? "" : $"&head_sha={head}")
                + (since is { } from ? $"&created={Escape(">=" + from.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))}" : ""),
            page => page.WorkflowRuns,
            cancellation);

    /// <summary>Null when there is no such run.</summary>
    public Task<Result<GitHubWorkflowRun?, GitHubError>> WorkflowRunAsync(RepositoryName name, long run, CancellationToken cancellation) =>
        FindAsync<GitHubWorkflowRun>($"{name.Path}/actions/runs/{run}", cancellation);

    /// <summary>The jobs of the run's latest attempt.</summary>
    public Task<Result<IReadOnlyList<GitHubJob>, GitHubError>> JobsAsync(RepositoryName name, long run, CancellationToken cancellation) =>
        ListAsync<GitHubJobPage, GitHubJob>($"{name.Path}/actions/runs/{run}/jobs?filter=latest", page => page.Jobs, cancellation);

    /// <summary>The end of a job's log; empty when GitHub has none (any more).</summary>
    public async Task<Result<string, GitHubError>> JobLogAsync(RepositoryName name, long job, CancellationToken cancellation)
    {
        // The log lies on another host, behind a redirect.
        var log = await _transport.ReadAsync(_transport.Address($"{name.Path}/actions/jobs/{job}/logs"), cancellation);
        if (!log.IsOk) return log.Error.Kind == GitHubFailure.NotFound ? "" : log.Error;
        return Encoding.UTF8.GetString(log.Value.Body.AsSpan(Math.Max(0, log.Value.Body.Length - LogTail)));
    }

    /// <summary>A file of the repository as text; null when it, the branch or the repository cannot be seen.</summary>
    /// <param name="path">With slashes, as in the repository.</param>
    public async Task<Result<string?, GitHubError>> FileAsync(RepositoryName name, string path, string branch, CancellationToken cancellation) =>
        (await FindAsync<GitHubFileContent>($"{name.Path}/contents/{EscapePath(path)}?ref={Escape(branch)}", cancellation))
            .Map(file => file?.Content is { } content ? Encoding.UTF8.GetString(Convert.FromBase64String(content)) : null);

    /// <summary>Starts a workflow that has <c>workflow_dispatch</c>. The answer is null where the server does not tell which run it became.</summary>
    /// <param name="branch">The branch or tag whose workflow file runs.</param>
    public async Task<Result<GitHubDispatched?, GitHubError>> DispatchAsync(
        RepositoryName name, string workflow, string branch, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        var body = new Dictionary<string, object> { ["ref"] = branch, ["inputs"] = inputs, ["return_run_details"] = true };
        var content = JsonContent.Create(body, options: GitHubJson.Options);
        var sent = await _transport.WriteAsync(
            HttpMethod.Post, _transport.Address($"{name.Path}/actions/workflows/{Escape(workflow)}/dispatches"), content, _options.Timeout, cancellation);
        return sent.Map(answer => answer.Body.Length == 0 || GitHubTransport.Parse<GitHubDispatched>(answer) is not { IsOk: true } told ? null : told.Value);
    }
}
