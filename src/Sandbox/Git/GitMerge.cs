namespace ReleaseDashboard.Sandbox.Git;

/// <summary>Makes commits without a work tree. Nothing here moves a ref.</summary>
internal static class GitMerge
{
    /// <returns>The tree of both sides merged, or null when they conflict.</returns>
    internal static async Task<string?> MergedTreeAsync(this GitRepository git, string into, string from)
    {
        var answer = await git.RunAsync(["merge-tree", "--write-tree", "--no-messages", into, from]);
        return answer.ExitCode switch
        {
            0 => answer.Lines[0],
            1 => null, // conflicts
            _ => throw new InvalidOperationException($"git merge-tree: {answer.Error.Trim()}"),
        };
    }

    internal static async Task<string> CommitTreeAsync(
        this GitRepository git, string tree, IReadOnlyList<string> parents, string message, GitPerson author, GitPerson committer)
    {
        var people = author.Variables("AUTHOR").Concat(committer.Variables("COMMITTER")).ToDictionary();
        string[] command = ["commit-tree", tree, .. parents.SelectMany(parent => (string[])["-p", parent])];
        return (await git.DemandAsync(command, people, message + "\n")).Text;
    }

    /// <summary>Puts the commits of <paramref name="head"/> that <paramref name="onto"/> lacks on top of it, one by one.</summary>
    /// <returns>The last new commit, or null on a conflict.</returns>
    internal static async Task<string?> RebasedAsync(this GitRepository git, string onto, string head, GitPerson committer)
    {
        foreach (var sha in await git.IdsAsync($"{onto}..{head}", withMerges: false))
        {
            var commit = (await git.CommitAsync(sha))!;
            string parent = commit.Parents[0];
            // git 2.39 has no --merge-base for merge-tree: a commit with our tree and the picked commit's parent makes that parent the base.
            var target = (await git.CommitAsync(onto))!;
            var side = await git.CommitTreeAsync(target.Tree, [parent], "pick", committer, committer);
            if (await git.MergedTreeAsync(side, sha) is not { } tree)
                return null;
            onto = await git.CommitTreeAsync(tree, [onto], commit.Message, commit.Author, committer);
        }

        return onto;
    }

    /// <summary>Moves a ref if it still holds what it held.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="name">Full name.</param>
    /// <param name="now">New id; null deletes.</param>
    /// <param name="before">Expected id; null expects the ref to be absent.</param>
    /// <returns>False when it holds something else.</returns>
    internal static async Task<bool> MoveRefAsync(this GitRepository git, string name, string? now, string? before)
    {
        var expected = before ?? new string('0', 40);
        return (await git.RunAsync(now is null ? ["update-ref", "-d", name, expected] : ["update-ref", name, now, expected])).Succeeded;
    }
}
