using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>Says what a failure of git means for a step.</summary>
internal static class GitStepErrors
{
    /// <exception cref="OperationCanceledException">git ended because the step was stopped: that is no failure of git.</exception>
    public static StepError Of(GitError error, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (code, what, whatToDo) = error.Kind switch
        {
            GitFailure.AuthenticationFailed => ("wrong-token", "The git host refused the credentials.",
                "Store a token that may read and write the repository as the project's github-token, then retry."),
            GitFailure.RepositoryNotFound => ("repository-not-found", "The git host shows no such repository.",
                "Check the project's git address, and that its token may see the repository. Then retry."),
            GitFailure.RefNotFound => ("ref-not-found", "A branch, tag or commit is not there.",
                "Check the branch names in the project's settings and what the remote has. Then retry."),
            GitFailure.Unreachable => ("unreachable", "The git host cannot be reached.", "Check the network and the host, then retry."),
            GitFailure.StaleLease => ("remote-moved", "Somebody else changed the remote in the meantime.",
                "Look at what was pushed. Retry when it is as you want it, or abort and start again from there."),
            GitFailure.PushRejected => ("push-rejected", "The git host refused the push.",
                "Read its answer: a rule may protect the branch or tag. Change the rule or the token, then retry."),
            GitFailure.NotFastForward => ("not-fast-forward", "The branch would have to go back or sideways.",
                "Bring the branches together by hand, then retry."),
            GitFailure.Conflict => ("conflict", "Files in the workspace are in the way.", "Clean the workspace, then retry."),
            GitFailure.Refused => ("refused", "Something in the repository or its address is not followed for safety.",
                "Change what the message names, then retry."),
            GitFailure.TimedOut => ("timeout", "git took too long and was stopped.", "Check the network and the host, then retry."),
            GitFailure.NotStarted => ("no-git", "git is not installed on this worker.", "Install git, then retry."),
            _ => ("git-failed", "A git command failed.", "Read its last lines, repair the cause, then retry."),
        };
        return new StepError(code, what, error.Message, whatToDo, error.LastLines);
    }

    /// <summary>Looking failed. A remote that cannot be reached leaves the truth unknown.</summary>
    public static Observation Seen(GitError error, CancellationToken cancellationToken)
    {
        var stepError = Of(error, cancellationToken);
        return error.Kind is GitFailure.Unreachable or GitFailure.TimedOut ? new Observation.Unknown(stepError) : new Observation.Failed(stepError);
    }

    /// <summary>
    /// A push failed. Unless the remote itself said no, it may have happened; and "somebody else was first" can be this very
    /// push: git's HTTP client sends a request again whose connection broke before the answer.
    /// </summary>
    public static ActResult Pushed(GitError error, CancellationToken cancellationToken)
    {
        var stepError = Of(error, cancellationToken);
        return error.Kind is GitFailure.Unreachable or GitFailure.TimedOut or GitFailure.Other or GitFailure.StaleLease
            ? new ActResult.AnswerLost(stepError)
            : new ActResult.Failed(stepError);
    }

    /// <summary>A command in the workspace failed.</summary>
    public static ActResult Acted(GitError error, CancellationToken cancellationToken) => new ActResult.Failed(Of(error, cancellationToken));
}
