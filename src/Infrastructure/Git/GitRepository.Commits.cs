using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>Checkout, commit, tag and merge.</summary>
public sealed partial class GitRepository
{
    /// <summary>Checks an existing branch out; when only the remote has it, a local branch that follows it is made.</summary>
    public Task<Result<string, GitError>> CheckoutAsync(BranchName branch, CancellationToken cancellation) =>
        WriteAsync(cancellation, "switch", "--guess", "--no-recurse-submodules", branch.Value);

    /// <summary>Makes (or moves, when asked) a branch at a commit and checks it out.</summary>
    public Task<Result<string, GitError>> CheckoutNewAsync(BranchName branch, Revision at, bool move, CancellationToken cancellation) =>
        WriteAsync(cancellation, "switch", "--no-track", "--no-recurse-submodules", move ? "--force-create" : "--create", branch.Value, at.Value);

    /// <summary>Checks a commit out, on no branch.</summary>
    public Task<Result<string, GitError>> CheckoutDetachedAsync(Revision at, CancellationToken cancellation) =>
        WriteAsync(cancellation, "switch", "--detach", "--no-recurse-submodules", at.Value);

    /// <summary>Moves the current branch forward; fails when it would need a merge commit.</summary>
    public Task<Result<string, GitError>> FastForwardAsync(Revision to, CancellationToken cancellation) =>
        WriteAsync(cancellation, "merge", "--ff-only", "--no-overwrite-ignore", "--end-of-options", to.Value);

    /// <summary>Merges with a commit of its own; a conflict leaves the work tree as it was.</summary>
    public async Task<Result<CommitSha, GitError>> MergeAsync(Revision from, string message, GitPerson person, CancellationToken cancellation)
    {
        var command = new GitCommand("merge", "--no-ff", "--no-edit", $"--message={message}", "--end-of-options", from.Value) { Environment = person.Environment };
        var merged = await RunAsync(command, cancellation);
        if (merged.IsOk) return await ResolveAsync(Revision.Head, cancellation);
        if (merged.Error.Kind == GitFailure.Conflict) await WriteAsync(cancellation, "merge", "--abort");
        return merged.Error;
    }

    /// <summary>Stages paths (all changes when none is given, untracked files too) and commits them.</summary>
    public async Task<Result<CommitSha, GitError>> CommitAsync(
        string message, GitPerson person, IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        // Paths are taken literally: a name such as :(glob)** is a file's name here.
        var added = await WriteAsync(cancellation, ["--literal-pathspecs", "add", "--all", "--", .. paths.Count == 0 ? ["."] : paths]);
        if (!added.IsOk) return added.Error;
        var command = new GitCommand("commit", "--no-verify", "--cleanup=verbatim", "--file=-")
        {
            Environment = person.Environment,
            StandardInput = message,
        };
        var committed = await RunAsync(command, cancellation);
        return committed.IsOk ? await ResolveAsync(Revision.Head, cancellation) : committed.Error;
    }

    /// <summary>Makes an annotated tag; the answer is the tag object, which is what a push sends.</summary>
    public async Task<Result<CommitSha, GitError>> TagAsync(
        TagName name, CommitSha commit, string message, GitPerson person, CancellationToken cancellation)
    {
        var command = new GitCommand("tag", "--annotate", "--cleanup=verbatim", "--file=-", "--end-of-options", name.Value, commit.Value)
        {
            Environment = person.Environment,
            StandardInput = message,
        };
        var tagged = await RunAsync(command, cancellation);
        return tagged.IsOk ? await ObjectAsync(name.Ref, cancellation) : tagged.Error;
    }

    /// <summary>Makes a tag that is only a name for a commit.</summary>
    public Task<Result<string, GitError>> LightTagAsync(TagName name, CommitSha commit, CancellationToken cancellation) =>
        WriteAsync(cancellation, "tag", "--end-of-options", name.Value, commit.Value);

    public Task<Result<string, GitError>> DeleteTagAsync(TagName name, CancellationToken cancellation) =>
        WriteAsync(cancellation, "tag", "--delete", "--end-of-options", name.Value);

    /// <summary>What a reference holds, not peeled.</summary>
    public async Task<Result<CommitSha, GitError>> ObjectAsync(RefName name, CancellationToken cancellation) =>
        (await ReadAsync(cancellation, "rev-parse", "--verify", "--end-of-options", name.Value)).Map(text => CommitSha.Parse(text.Trim()));
}
