using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Git;

/// <summary>Where branches of the remote stand now; asked of the remote itself, never of the clone's memory.</summary>
internal static class RemoteHeads
{
    /// <summary>The heads in the order asked, null for a branch that is not there.</summary>
    public static async Task<Result<IReadOnlyList<CommitSha?>, GitError>> HeadsAsync(
        this ReleaseWorkspace workspace, IReadOnlyList<BranchName> branches, CancellationToken cancellationToken)
    {
        var refs = await workspace.RemoteRefsAsync([.. branches.Select(branch => branch.Ref)], cancellationToken);
        return refs.Map<IReadOnlyList<CommitSha?>>(found =>
            [.. branches.Select(branch => found.FirstOrDefault(entry => entry.Name == branch.Ref)?.Commit)]);
    }
}
