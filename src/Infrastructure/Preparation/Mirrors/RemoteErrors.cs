using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Preparation.Mirrors;

/// <summary>Says what a failure of git means to somebody who looks at a project.</summary>
internal static class RemoteErrors
{
    /// <exception cref="OperationCanceledException">git ended because nobody waits any more.</exception>
    public static StepError Of(GitError error, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (code, what, whatToDo) = error.Kind switch
        {
            GitFailure.AuthenticationFailed => ("wrong-token", "The git host refused the credentials.", "Store a token that may read and write the repository as the project's github-token."),
            GitFailure.RepositoryNotFound => ("repository-not-found", "The git host shows no such repository.", "Check the project's git address, and that its token may see the repository."),
            GitFailure.RefNotFound => ("ref-not-found", "A branch, tag or commit is not there.", "Check the branch names in the project's settings."),
            GitFailure.Unreachable or GitFailure.TimedOut => ("unreachable", "The git host cannot be reached.", "Check the network and the host, then look again."),
            GitFailure.Refused => ("refused", "Something in the repository or its address is not followed for safety.", "Change what the message names."),
            GitFailure.NotStarted => ("no-git", "git is not installed on this machine.", "Install git."),
            _ => ("git-failed", "A git command failed.", "Read its last lines and repair the cause."),
        };
        return new StepError(code, what, error.Message, whatToDo, error.LastLines);
    }
}
