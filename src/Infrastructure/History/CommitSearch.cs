using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>Finds releases that are over by their commits, see <see cref="ReleaseCommits"/>.</summary>
internal static class CommitSearch
{
    /// <summary>More releases of one commit are not found: the newest are.</summary>
    public const int MaximumReleases = 200;

    private const int Shortest = 7;
    private const int Longest = 64;

    // Follows on every hex digit.
    private const string PastEveryDigit = "g";

    /// <summary>The word as the beginning of a commit (7 to 64 hex digits), or null when it cannot be one.</summary>
    public static string? PrefixOf(string word) => word.Length is >= Shortest and <= Longest && word.All(char.IsAsciiHexDigit) ? word.ToLowerInvariant() : null;

    /// <summary>Ids of the newest releases with such a commit: a range of an index.</summary>
    /// <param name="prefix">From <see cref="PrefixOf"/>.</param>
    public static async Task<IReadOnlyList<Guid>> ReleasesAsync(LedgerContext db, string prefix, VisibleProjects visible, CancellationToken cancellationToken)
    {
        var past = prefix + PastEveryDigit;
        var found = await db.ReleaseCommits.Where(own => string.Compare(own.Commit, prefix) >= 0 && string.Compare(own.Commit, past) < 0)
            .Select(own => new { own.ReleaseId, own.ProjectId }).ToListAsync(cancellationToken);
        return [.. found.Where(own => visible.Names.ContainsKey(own.ProjectId)).Select(own => own.ReleaseId).Distinct().OrderDescending().Take(MaximumReleases)];
    }
}
