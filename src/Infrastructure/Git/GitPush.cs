using ReleaseDashboard.Core.Git;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>One reference to push, with what the remote must hold at that moment.</summary>
/// <param name="Source">The object to push (a commit, or a tag object); null deletes the reference.</param>
/// <param name="Target">The reference on the remote.</param>
/// <param name="Expected">What it must hold now; null means that it must not exist.</param>
/// <param name="AllowRewrite">Allows a branch to move to a commit that is no descendant.</param>
public sealed record GitPush(CommitSha? Source, RefName Target, CommitSha? Expected, bool AllowRewrite = false)
{
    internal string Lease => $"--force-with-lease={Target}:{Expected?.Value ?? ""}";

    internal string RefSpec => $"{Source?.Value ?? ""}:{Target}";
}
