using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Steps.Git;

/// <summary>What can be wrong with the clone before anything is changed in it.</summary>
internal static class WorkTreeErrors
{
    private const int MostLines = 50;

    public static StepError Dirty(GitStatus status) => new(
        "dirty",
        "The workspace has changes that no commit holds.",
        $"{status.Entries.Count} paths differ from the commit.",
        "Commit or undo them, then retry. Aborting the release removes the workspace.",
        [.. status.Entries.Take(MostLines).Select(entry => $"{entry.Code} {entry.Path}")]);

    public static StepError OtherBranch(GitStatus status, BranchName wanted) => new(
        "wrong-branch",
        $"The workspace is not on {wanted}.",
        status.Branch is { } branch ? $"It is on {branch}." : "It is on no branch.",
        $"Check {wanted} out there, then retry.");

    public static StepError Diverged(BranchName branch, CommitSha local, CommitSha remote) => new(
        "diverged",
        $"{branch} in the workspace has gone its own way.",
        $"It is at {local.Abbreviated}, which the remote's {remote.Abbreviated} does not contain.",
        "Push or drop the local commits, then retry. Aborting the release removes the workspace.");

    public static StepError Rewritten(BranchName branch, CommitSha planned, CommitSha now) => new(
        "branch-rewritten",
        $"{branch} was rewritten on the remote since the plan was made.",
        $"The plan was made at {planned.Abbreviated}, which {now.Abbreviated} does not contain.",
        "Abort this release and start it again from the branch as it is now.");
}
