using System.Globalization;
using ReleaseDashboard.Core.Git;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>One commit of a log.</summary>
public sealed record GitCommit(
    CommitSha Sha, IReadOnlyList<CommitSha> Parents, string AuthorName, string AuthorEmail, DateTimeOffset AuthorDate, DateTimeOffset CommitDate,
    string Subject)
{
    // Units are parted by 0x1f, records by NUL: neither can stand in a name or subject.
    internal const string Format = "--format=%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cI%x1f%s";

    internal static IReadOnlyList<GitCommit> Parse(string text) =>
        [.. text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(record => ParseOne(record.Split('\u001f', 7)))];

    private static GitCommit ParseOne(string[] fields) =>
        new(
            CommitSha.Parse(fields[0]),
            [.. fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(CommitSha.Parse)],
            fields[2],
            fields[3],
            DateTimeOffset.Parse(fields[4], CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(fields[5], CultureInfo.InvariantCulture),
            fields[6]
        );
}

/// <summary>One changed file. <c>Status</c> is git's letter: A, M, D, R (renamed), C (copied), T (type).</summary>
public sealed record GitFileChange(char Status, string Path, string? OriginalPath = null)
{
    internal static IReadOnlyList<GitFileChange> Parse(string text)
    {
        var fields = text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var changes = new List<GitFileChange>();
        for (var i = 0; i + 1 < fields.Length; i += 2)
        {
            var status = fields[i][0];
            changes.Add(status is 'R' or 'C' ? new GitFileChange(status, fields[i + 2], fields[++i]) : new GitFileChange(status, fields[i + 1]));
        }

        return changes;
    }
}

/// <summary>How two lines of history stand: commits only the left has, and only the right has.</summary>
public sealed record GitDivergence(int Ahead, int Behind);
