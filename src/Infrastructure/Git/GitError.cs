namespace ReleaseDashboard.Infrastructure.Git;

public enum GitFailure
{
    Other,
    AuthenticationFailed,
    RepositoryNotFound,
    RefNotFound,
    Unreachable,

    /// <summary>The remote's reference is not where the caller expects it.</summary>
    StaleLease,

    /// <summary>The remote refused: a rule, a hook, or commits that are missing here.</summary>
    PushRejected,
    NotFastForward,
    Conflict,
    NothingToCommit,

    /// <summary>An address, name or path that is not followed for safety.</summary>
    Refused,
    TimedOut,
    Cancelled,

    /// <summary>git itself is not there.</summary>
    NotStarted,
}

/// <summary>Why a git command failed.</summary>
/// <param name="Command">The command line, masked.</param>
/// <param name="ExitCode">Null when it did not run.</param>
/// <param name="LastLines">Its last lines, masked.</param>
public sealed record GitError(GitFailure Kind, string Command, int? ExitCode, IReadOnlyList<string> LastLines)
{
    /// <summary>The line that says most.</summary>
    public string Message =>
        LastLines.LastOrDefault(line => line.StartsWith("fatal:", StringComparison.Ordinal) || line.StartsWith("error:", StringComparison.Ordinal))
        ?? LastLines.LastOrDefault(line => line.Length > 0)
        ?? $"{Command} failed ({Kind}).";

    public override string ToString() => $"{Kind}: {Command}: {Message}";

    internal static GitError Refused(string reason) => new(GitFailure.Refused, "", null, [reason]);
}
