using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Reads which version setuptools-scm would make of a commit now.</summary>
internal static class TreeVersionReader
{
    // What setuptools-scm itself asks for.
    private const string Tags = "*[0-9]*";

    public static async Task<Part<ScmVersion>> ReadAsync(GitRepository repository, CommitSha commit, TimeProvider time, CancellationToken cancellationToken)
    {
        // A commit is never dirty, so the day is in no version; it is right all the same.
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var described = await repository.DescribeAsync(commit, Tags, cancellationToken);
        if (!described.IsOk)
            return Part.Failed<ScmVersion>(described.Error.Message);
        if (described.Value is { } text)
            return ScmVersion.TryParse(text, today, out var version, out var fault) ? version : Part.Failed<ScmVersion>(fault);
        var commits = await repository.CountAsync(commit, cancellationToken);
        return commits.IsOk ? ScmVersion.WithoutTag(commits.Value, commit.Value, isDirty: false, today) : Part.Failed<ScmVersion>(commits.Error.Message);
    }
}
