namespace ReleaseDashboard.Infrastructure.GitHub;

public sealed record GitHubCheckOutput(string? Title = null, string? Summary = null, string? Text = null, int AnnotationsCount = 0);

public sealed record GitHubApp(string? Slug = null, string? Name = null);

/// <summary><c>Status</c> is <c>queued</c>, <c>in_progress</c> or <c>completed</c>; <c>Conclusion</c> is null until then.</summary>
public sealed record GitHubCheckRun(
    long Id, string Name, string HeadSha, string Status, string? Conclusion = null, string? HtmlUrl = null, string? DetailsUrl = null,
    DateTimeOffset? StartedAt = null, DateTimeOffset? CompletedAt = null, GitHubCheckOutput? Output = null, GitHubApp? App = null);

public sealed record GitHubCheckRunPage(int TotalCount, IReadOnlyList<GitHubCheckRun> CheckRuns);

public sealed record GitHubAnnotation(
    string Path, int StartLine, int EndLine, string? AnnotationLevel = null, string? Title = null, string? Message = null, string? RawDetails = null);

/// <summary><c>State</c> is <c>error</c>, <c>failure</c>, <c>pending</c> or <c>success</c>.</summary>
public sealed record GitHubStatus(string Context, string State, string? Description = null, string? TargetUrl = null);

/// <summary>All statuses of a commit; <c>State</c> is <c>pending</c> when there is none at all, so look at the count too.</summary>
public sealed record GitHubCombinedStatus(string State, string Sha, int TotalCount, IReadOnlyList<GitHubStatus> Statuses);
