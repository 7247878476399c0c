using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>Finds releases by the commit that they were made from.</summary>
internal static class CommitSearch
{
    /// <summary>More releases of one commit are not found: the newest are.</summary>
    public const int MaximumReleases = 200;

    private const int Shortest = 7;
    private const int Whole = 40;

    /// <summary>The word as the beginning of a commit (7 to 40 hex digits), or null when it cannot be one.</summary>
    public static string? PrefixOf(string word) => word.Length is >= Shortest and <= Whole && word.All(char.IsAsciiHexDigit) ? word.ToLowerInvariant() : null;

    /// <summary>
    /// Ids of the newest releases made from such a commit. The one search that looks through all releases: no index begins with the
    /// commit, and it is a short column of rows that are short themselves, so 100,000 of them take some tens of milliseconds. Only a
    /// word that can be a commit costs that. What a release adds to its base (the merge, the tag) is in the evidence of its steps,
    /// which is not looked through.
    /// </summary>
    /// <param name="prefix">From <see cref="PrefixOf"/>: only hex digits, so nothing in it is a wildcard.</param>
    public static async Task<IReadOnlyList<Guid>> ReleasesAsync(LedgerContext db, string prefix, VisibleProjects visible, CancellationToken cancellationToken)
    {
        // Neither sorted nor narrowed down by the database: for that it would go through an index and fetch every row by itself.
        var found = await db.Releases.Where(release => EF.Functions.Like(release.BaseCommit, prefix + "%"))
            .Select(release => new { release.Id, release.ProjectId }).ToListAsync(cancellationToken);
        return [.. found.Where(release => visible.Names.ContainsKey(release.ProjectId)).Select(release => release.Id).OrderDescending().Take(MaximumReleases)];
    }
}
