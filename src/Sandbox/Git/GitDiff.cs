using System.Globalization;

namespace ReleaseDashboard.Sandbox.Git;

/// <summary>Files that differ between two commits. Two processes do it, however many files there are.</summary>
internal static class GitDiff
{
    /// <summary>The empty tree, which stands before the first commit.</summary>
    internal const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    internal static async Task<IReadOnlyList<GitFileChange>> FilesAsync(this GitRepository git, string from, string to)
    {
        var changes = await CountedAsync(git, from, to);
        var patches = (await git.DemandAsync(["diff", "-M", "--end-of-options", from, to])).Text
            .Split("\ndiff --git ", StringSplitOptions.RemoveEmptyEntries);
        for (var (file, part) = (0, 0); file < changes.Count; file++)
        {
            var start = patches[part].IndexOf("\n@@", StringComparison.Ordinal);
            changes[file] = changes[file] with { Patch = start < 0 ? null : patches[part][(start + 1)..] };
            part += changes[file].Status == "changed" ? 2 : 1; // a file that became a link is shown as removed and added
        }

        return changes;
    }

    /// <summary>The same without patches.</summary>
    internal static async Task<List<GitFileChange>> CountedAsync(this GitRepository git, string from, string to)
    {
        var answer = await git.DemandAsync(["diff", "--raw", "--numstat", "--no-abbrev", "-z", "-M", "--end-of-options", from, to]);
        var words = new Queue<string>(answer.Text.Split('\0', StringSplitOptions.None));
        var changes = new List<GitFileChange>();
        while (words.TryPeek(out var word) && word.StartsWith(':'))
            changes.Add(ReadRaw(words));
        for (var file = 0; file < changes.Count; file++)
        {
            var counts = words.Dequeue().Split('\t');
            if (changes[file].Previous is not null)
                (_, _) = (words.Dequeue(), words.Dequeue()); // a renamed file has its names apart
            changes[file] = changes[file] with { Added = Count(counts[0]), Removed = Count(counts[1]) };
        }

        return changes;
    }

    private static GitFileChange ReadRaw(Queue<string> words)
    {
        var facts = words.Dequeue().TrimStart(':').Split(' ');
        var path = words.Dequeue();
        var renamed = facts[4][0] is 'R' or 'C';
        var gone = facts[3].Trim('0').Length == 0;
        return new GitFileChange(
            renamed ? words.Dequeue() : path, renamed ? path : null, Status(facts[4][0]), gone ? facts[2] : facts[3], 0, 0, null);
    }

    // A binary file has dashes for counts.
    private static int Count(string count) => int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

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
