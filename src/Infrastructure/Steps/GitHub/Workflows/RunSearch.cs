using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

/// <summary>Finds the run that belongs to a release: the one that its tag, pull request or dispatch started, or the one that people started in its place.</summary>
/// <param name="Session">At the project's repository.</param>
/// <param name="Target">Which workflow.</param>
/// <param name="Trigger">GitHub's name of the event that starts it.</param>
/// <param name="Since">When the step began.</param>
internal sealed record RunSearch(GitHubSession Session, WorkflowTarget Target, string Trigger, DateTimeOffset Since)
{
    // The clocks of two servers differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <param name="number">GitHub's number for the run, where it is known.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Null when there is none (yet).</returns>
    public async Task<Result<GitHubWorkflowRun?, GitHubError>> FindAsync(long? number, CancellationToken cancellationToken)
    {
        var first = number is { } known
            ? await Session.Client.WorkflowRunAsync(Target.Repository, known, cancellationToken)
            : await StartedAsync(cancellationToken);
        if (!first.IsOk || first.Value is { Status: not "completed" } or { Conclusion: "success" })
            return first;
        // None, or a red one: whoever repairs the workflow starts it by hand for the same tag. That run counts then.
        var later = await ByHandAsync(first.Value?.CreatedAt ?? Since - Skew, first.Value?.Id ?? 0, cancellationToken);
        return later is { IsOk: true, Value: null } ? first : later;
    }

    private async Task<Result<GitHubWorkflowRun?, GitHubError>> StartedAsync(CancellationToken cancellationToken)
    {
        var elsewhere = Target.Repository != Session.Name;
        var head = elsewhere || Trigger == "workflow_dispatch" ? null : Target.Commit;
        var runs = await Session.Client.WorkflowRunsAsync(Target.Repository, Target.Workflow, Trigger, head, since: null, cancellationToken);
        return runs.Map(all => all.FirstOrDefault(run => Trigger switch
        {
            "push" when !elsewhere => Target.Ref is null || run.HeadBranch == Target.Ref,
            "pull_request" when !elsewhere => true,
            _ => Target.IsNamedBy(run),
        }));
    }

    private async Task<Result<GitHubWorkflowRun?, GitHubError>> ByHandAsync(DateTimeOffset since, long after, CancellationToken cancellationToken)
    {
        var runs = await Session.Client.WorkflowRunsAsync(Target.Repository, Target.Workflow, "workflow_dispatch", null, since, cancellationToken);
        return runs.Map(all => all.FirstOrDefault(run => run.Id > after && Target.IsNamedBy(run)));
    }
}
