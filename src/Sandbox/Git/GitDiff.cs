using System.Globalization;

namespace ReleaseDashboard.Sandbox.Git;

/// <summary>Files that differ between two commits, with their patches.</summary>
internal static class GitDiff
{
    // The empty tree stands before the first commit.
    internal const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    internal static async Task<IReadOnlyList<GitFileChange>> FilesAsync(this GitRepository git, string from, string to)
    {
        var raw = (await git.DemandAsync(["diff", "--raw", "--no-abbrev", "-z", "-M", "--end-of-options", from, to])).Text.Split('\0');
        var changes = new List<GitFileChange>();
        for (var at = 0; at + 1 < raw.Length;)
        {
            var facts = raw[at++].TrimStart(':').Split(' ');
            var old = raw[at++];
            var renamed = facts[4][0] is 'R' or 'C';
            var path = renamed ? raw[at++] : old;
            changes.Add(new GitFileChange(path, renamed ? old : null, Status(facts[4][0]), Blob(facts[3], facts[2]), 0, 0, null));
        }

        return await Task.WhenAll(changes.Select(change => WithPatchAsync(git, from, to, change)));
    }

    private static async Task<GitFileChange> WithPatchAsync(GitRepository git, string from, string to, GitFileChange change)
    {
        string[] paths = change.Previous is { } previous ? [previous, change.Path] : [change.Path];
        var counts = (await git.DemandAsync(["diff", "--numstat", "-M", from, to, "--", .. paths])).Text.Split('\t');
        var patch = (await git.DemandAsync(["diff", "-M", from, to, "--", .. paths])).Text;
        var start = patch.IndexOf("\n@@", StringComparison.Ordinal);
        return change with { Added = Count(counts, 0), Removed = Count(counts, 1), Patch = start < 0 ? null : patch[(start + 1)..] };
    }

    // A binary file has dashes for counts.
    private static int Count(string[] counts, int at) =>
        counts.Length > at && int.TryParse(counts[at], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static string? Blob(string after, string before) => after.Trim('0').Length > 0 ? after : before;

    private static string Status(char letter) => letter switch
    {
        'A' => "added",
        'D' => "removed",
        'R' => "renamed",
        'C' => "copied",
        'T' => "changed",
        _ => "modified",
    };
}
