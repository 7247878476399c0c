using System.Text;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Check runs and statuses of a commit.</summary>
public sealed partial class GitHubClient
{
    private const int LogTail = 16 * 1024;

    /// <summary>The latest run of each check.</summary>
    public Task<Result<IReadOnlyList<GitHubCheckRun>, GitHubError>> CheckRunsAsync(
        RepositoryName name, CommitSha commit, CancellationToken cancellation) =>
        ListAsync<GitHubCheckRunPage, GitHubCheckRun>($"{name.Path}/commits/{commit}/check-runs?filter=latest", page => page.CheckRuns, cancellation);

    /// <summary>The statuses of all pages under the state that GitHub computes from all of them.</summary>
    public async Task<Result<GitHubCombinedStatus, GitHubError>> CombinedStatusAsync(
        RepositoryName name, CommitSha commit, CancellationToken cancellation)
    {
        GitHubCombinedStatus? first = null;
        var statuses = await ListAsync<GitHubCombinedStatus, GitHubStatus>(
            $"{name.Path}/commits/{commit}/status",
            page =>
            {
                first ??= page;
                return page.Statuses;
            },
            cancellation
        );
        return statuses.Map(all => first! with { Statuses = all });
    }

    public Task<Result<IReadOnlyList<GitHubAnnotation>, GitHubError>> AnnotationsAsync(
        RepositoryName name, long checkRun, CancellationToken cancellation) =>
        ListAsync<GitHubAnnotation>($"{name.Path}/check-runs/{checkRun}/annotations", cancellation);

    /// <summary>
    /// Why a check failed, as far as GitHub tells: its output, its annotations, and for an Actions job the end of its log.
    /// Empty when there is nothing.
    /// </summary>
    public async Task<Result<string, GitHubError>> FailureTextAsync(RepositoryName name, GitHubCheckRun check, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var part in new[] { check.Output?.Title, check.Output?.Summary, check.Output?.Text })
            if (!string.IsNullOrWhiteSpace(part)) text.AppendLine(part);
        if (check.Output?.AnnotationsCount > 0)
        {
            var annotations = await AnnotationsAsync(name, check.Id, cancellation);
            if (!annotations.IsOk) return annotations.Error;
            foreach (var annotation in annotations.Value)
                text.AppendLine($"{annotation.Path}:{annotation.StartLine}: {annotation.AnnotationLevel}: {annotation.Message ?? annotation.Title}");
        }

        if (check.App?.Slug is not "github-actions") return text.ToString();
        // For Actions the check run and the job share their id.
        return (await JobLogAsync(name, check.Id, cancellation)).Map(log => text.Append(log).ToString());
    }
}
