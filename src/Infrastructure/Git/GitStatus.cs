using ReleaseDashboard.Core.Git;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>One changed path. <c>Code</c> is git's XY pair (index, work tree), <c>??</c> for untracked, <c>U</c> within it for a conflict.</summary>
public sealed record GitStatusEntry(string Code, string Path, string? OriginalPath = null)
{
    public bool IsUntracked => Code == "??";
    public bool IsConflict { get; init; }
}

/// <summary>What <c>git status</c> found.</summary>
/// <param name="Head">Null in a repository without commits.</param>
/// <param name="Branch">Null when HEAD is detached.</param>
/// <param name="Ahead">Commits the upstream lacks; null without an upstream.</param>
/// <param name="Behind">Commits the upstream has more; null without an upstream.</param>
public sealed record GitStatus(CommitSha? Head, BranchName? Branch, string? Upstream, int? Ahead, int? Behind, IReadOnlyList<GitStatusEntry> Entries)
{
    public bool IsClean => Entries.Count == 0;

    internal static GitStatus Parse(string text)
    {
        var records = text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var headers = records
            .Where(record => record.StartsWith("# branch.", StringComparison.Ordinal))
            .Select(record => record["# branch.".Length..].Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        // "(initial)" stands for no commit yet, "(detached)" for no branch.
        var head = CommitSha.TryParse(headers.GetValueOrDefault("oid"), out var sha) ? sha : null;
        var branch = headers.GetValueOrDefault("head") != "(detached)" && BranchName.TryParse(headers.GetValueOrDefault("head"), out var name, out _)
            ? name : null;
        var counts = headers.GetValueOrDefault("ab")?.Split(' ');
        return new GitStatus(
            head,
            branch,
            headers.GetValueOrDefault("upstream"),
            counts is null ? null : int.Parse(counts[0].TrimStart('+')),
            counts is null ? null : int.Parse(counts[1].TrimStart('-')),
            [.. ReadEntries(records)]
        );
    }

    // Each kind of record has a fixed number of fields before the path (git-status(1), porcelain version 2).
    private static IEnumerable<GitStatusEntry> ReadEntries(string[] records)
    {
        for (var i = 0; i < records.Length; i++)
        {
            var record = records[i];
            switch (record[0])
            {
                case '1':
                    yield return new GitStatusEntry(record[2..4], Field(record, 8));
                    break;
                case '2':
                    yield return new GitStatusEntry(record[2..4], Field(record, 9), records[++i]);
                    break;
                case 'u':
                    yield return new GitStatusEntry(record[2..4], Field(record, 10)) { IsConflict = true };
                    break;
                case '?':
                    yield return new GitStatusEntry("??", record[2..]);
                    break;
            }
        }
    }

    private static string Field(string record, int index) => record.Split(' ', index + 1)[index];
}
