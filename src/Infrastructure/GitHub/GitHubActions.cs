namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>
/// A run of a workflow. <c>Status</c> is <c>queued</c>, <c>in_progress</c>, <c>waiting</c> (for a person) or <c>completed</c> and
/// the like; <c>Conclusion</c> is null until it is completed. <c>DisplayTitle</c> is the workflow's <c>run-name</c>.
/// </summary>
public sealed record GitHubWorkflowRun(
    long Id, string? Name, string DisplayTitle, string Path, string HeadSha, string? HeadBranch, string Event, string? Status, string? Conclusion,
    int RunAttempt, string HtmlUrl, DateTimeOffset CreatedAt);

public sealed record GitHubWorkflowRunPage(int TotalCount, IReadOnlyList<GitHubWorkflowRun> WorkflowRuns);

public sealed record GitHubJobStep(string Name, string Status, string? Conclusion, int Number);

/// <summary>A job of a run; its id is also that of its check run.</summary>
public sealed record GitHubJob(
    long Id, string Name, string Status, string? Conclusion, string? HtmlUrl, DateTimeOffset? StartedAt = null, DateTimeOffset? CompletedAt = null,
    IReadOnlyList<GitHubJobStep>? Steps = null);

public sealed record GitHubJobPage(int TotalCount, IReadOnlyList<GitHubJob> Jobs);

/// <summary>What starting a workflow answers, where the server tells which run it became.</summary>
public sealed record GitHubDispatched(long WorkflowRunId, string? HtmlUrl = null);

/// <summary>A file by the contents API: base64, broken into lines.</summary>
public sealed record GitHubFileContent(string? Content);
