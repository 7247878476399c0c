using ReleaseDashboard.Infrastructure.Processes;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>Reads git's English messages (LANG is fixed) into kinds of failure; the first line of the table that fits wins.</summary>
internal static class GitFailures
{
    private static readonly (GitFailure Kind, string[] Signs)[] Table =
    [
        (GitFailure.StaleLease, ["(stale info)", "cannot lock ref", "reference already exists"]),
        (GitFailure.PushRejected, ["[remote rejected]", "[rejected]", "pre-receive hook declined"]),
        (GitFailure.AuthenticationFailed,
            ["Authentication failed", "could not read Username", "could not read Password", "returned error: 401", "returned error: 403", "Permission denied"]),
        (GitFailure.NotFastForward, ["Not possible to fast-forward", "non-fast-forward"]),
        (GitFailure.Conflict,
            ["CONFLICT (", "would be overwritten by", "Automatic merge failed", "patch does not apply", "unmerged files"]),
        (GitFailure.NothingToCommit, ["nothing to commit", "no changes added to commit", "nothing added to commit"]),
        (GitFailure.Refused, ["not allowed", "dubious ownership", "ignoring suspicious"]),
        (GitFailure.RefNotFound,
            ["unknown revision", "couldn't find remote ref", "Needed a single revision", "not a valid object name", "Not a valid object name",
             "did not match any", "not our ref", "invalid reference", "bad revision", "does not exist in", "Not a valid commit name",
             "not a commit", "bad object", "unable to read tree", "reference is not a tree", "Remote branch"]),
        (GitFailure.RepositoryNotFound,
            ["Repository not found", "repository", "does not appear to be a git repository", "returned error: 404"]),
        (GitFailure.Unreachable, ["Could not resolve host", "Failed to connect", "Couldn't connect", "unable to access", "hung up", "early EOF"]),
    ];

    public static GitFailure Of(ProcessOutcome outcome) => outcome.End switch
    {
        ProcessEnd.TimedOut or ProcessEnd.IdleTimedOut => GitFailure.TimedOut,
        ProcessEnd.Cancelled => GitFailure.Cancelled,
        ProcessEnd.NotStarted => GitFailure.NotStarted,
        _ => Table.FirstOrDefault(row => outcome.Tail.Any(line => row.Signs.Any(sign => Fits(row.Kind, sign, line)))).Kind,
    };

    // "repository" alone also stands in hints; only a fatal line about a missing one counts.
    private static bool Fits(GitFailure kind, string sign, string line) =>
        line.Contains(sign, StringComparison.Ordinal)
        && (kind != GitFailure.RepositoryNotFound
            || sign != "repository"
            || (line.StartsWith("fatal:", StringComparison.Ordinal)
                && (line.EndsWith("not found", StringComparison.Ordinal) || line.EndsWith("does not exist", StringComparison.Ordinal))));
}
