using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <param name="Pull">The pull request as it is now.</param>
/// <param name="Action">What happened to it, in the webhook's word.</param>
internal sealed record PullMove(PullRequest Pull, string Action);

/// <summary>What moved branches do to open pull requests.</summary>
internal static class PullSync
{
    public static async Task<IReadOnlyList<PullMove>> ApplyAsync(SandboxRepository repository, IReadOnlyList<RefChange> changes, DateTimeOffset now)
    {
        var moves = new List<PullMove>();
        foreach (var pull in repository.State.Pulls.Where(pull => pull.Open))
        {
            var head = changes.FirstOrDefault(change => change.Name == "refs/heads/" + pull.Head);
            var target = changes.FirstOrDefault(change => change.Name == "refs/heads/" + pull.Base);
            if ((head ?? target) is not null && await MoveAsync(repository, pull, head, target, now) is { } move)
                moves.Add(move);
        }

        return moves;
    }

    private static async Task<PullMove?> MoveAsync(
        SandboxRepository repository, PullRequest pull, RefChange? head, RefChange? target, DateTimeOffset now)
    {
        // Somebody merged by hand and pushed: GitHub then shows the pull request as merged.
        if (target?.After is { } tip && await repository.Git.ContainsAsync(tip, pull.HeadSha))
            return new PullMove(pull with { Open = false, MergeCommit = tip, MergedAt = now, ClosedAt = now, UpdatedAt = now }, "closed");
        if (head is { After: null } || target is { After: null })
            return new PullMove(pull with { Open = false, ClosedAt = now, UpdatedAt = now }, "closed");
        if (head is { After: { } sha })
        {
            return new PullMove(
                pull with { HeadSha = sha, BaseSha = target?.After ?? pull.BaseSha, MergeCommit = null, UpdatedAt = now }, "synchronize");
        }

        return new PullMove(pull with { BaseSha = target!.After!, UpdatedAt = now }, "edited");
    }
}
