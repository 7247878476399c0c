using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>Fetch and push.</summary>
public sealed partial class GitRepository
{
    public const string Origin = "origin";

    /// <summary>Fetches all branches and tags; branches that are gone from the remote are removed here, tags follow the remote.</summary>
    public Task<Result<string, GitError>> FetchAsync(CancellationToken cancellation) =>
        WriteAsync(cancellation, "fetch", "--prune", "--tags", "--force", "--", Origin);

    /// <summary>Fetches one commit or reference, into FETCH_HEAD only.</summary>
    public Task<Result<string, GitError>> FetchAsync(Revision revision, CancellationToken cancellation) =>
        WriteAsync(cancellation, "fetch", "--no-tags", "--", Origin, revision.Value);

    /// <summary>The address of the remote.</summary>
    public async Task<Result<RemoteUrl, GitError>> RemoteAsync(CancellationToken cancellation)
    {
        var text = await ReadAsync(cancellation, "config", "--local", "--get", $"remote.{Origin}.url");
        return text.Then<RemoteUrl>(found =>
            RemoteUrl.TryParse(found.Trim(), _session.Options.AllowFile, out var url, out var fault) ? url : GitError.Refused(fault));
    }

    public Task<Result<string, GitError>> SetRemoteAsync(RemoteUrl url, CancellationToken cancellation) =>
        WriteAsync(cancellation, "config", "--local", $"remote.{Origin}.url", url.Value);

    public async Task<Result<IReadOnlyList<GitRemoteRef>, GitError>> ListRemoteAsync(IReadOnlyList<RefName> names, CancellationToken cancellation)
    {
        var remote = await RemoteAsync(cancellation);
        return remote.IsOk ? await _session.ListRemoteAsync(remote.Value, names, cancellation) : remote.Error;
    }

    /// <summary>
    /// Pushes all or nothing, each reference only if the remote still holds what is expected of it. A reference that is
    /// there already as wanted is no error. A branch never moves backwards or sideways unless that was asked for.
    /// </summary>
    public async Task<Result<string, GitError>> PushAsync(IReadOnlyList<GitPush> pushes, CancellationToken cancellation)
    {
        foreach (var push in pushes)
        {
            // A lease that holds makes git force the update, so the direction is checked here.
            if (push is not { Source: { } source, Expected: { } expected, AllowRewrite: false }) continue;
            var forward = await IsAncestorAsync(expected, source, cancellation);
            if (!forward.IsOk) return forward.Error;
            if (!forward.Value)
                return new GitError(GitFailure.NotFastForward, $"git push {push.Target}", null, [$"{source} does not descend from {expected}."]);
        }

        return await WriteAsync(
            cancellation,
            ["push", "--porcelain", "--atomic", "--no-verify", .. pushes.Select(push => push.Lease), "--", Origin, .. pushes.Select(push => push.RefSpec)]
        );
    }
}
