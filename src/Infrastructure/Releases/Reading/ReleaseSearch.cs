using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>A page of a list before it is read.</summary>
/// <param name="Ids">Newest first.</param>
/// <param name="Projects">Names of the projects they may belong to.</param>
internal sealed record FoundReleases(IReadOnlyList<Guid> Ids, IReadOnlyDictionary<Guid, string> Projects)
{
    public static FoundReleases None { get; } = new([], new Dictionary<Guid, string>());
}

/// <summary>
/// Finds the releases of a page. Those under way are few and read whole; those over come from the indexes of their facts
/// (<see cref="OverReleases"/>). Together they are in the order of their ids, which is that of their starts.
/// </summary>
internal sealed class ReleaseSearch(LedgerStore ledger, HistoryChoices choices, TimeProvider time)
{
    private readonly OverReleases over = new(ledger, time);

    public async Task<FoundReleases> FindAsync(LedgerContext db, ReleaseFilter filter, CancellationToken cancellationToken)
    {
        var visible = await VisibleProjects.WhereAsync(db, id => filter.Visible?.Contains(id) ?? true, cancellationToken);
        Guid? project = null;
        if (visible.Names.Count == 0 || (filter.Project is { } name && (project = visible.Find(name)) is null))
            return FoundReleases.None;
        var words = string.IsNullOrWhiteSpace(filter.Search)
            ? []
            : await SearchWord.ReadAsync(db, filter.Search, visible, await choices.PeopleAsync(cancellationToken), cancellationToken);
        var count = Math.Clamp(filter.Count, 1, ReleaseFilter.MaximumCount);
        var found = new List<Guid>();
        // In this order: a release that ends in between is in both answers, the other way round it would be in none.
        if (filter.WantsUnderWay)
        {
            found.AddRange((await UnderWayAsync(db, cancellationToken))
                .Where(own => visible.Names.ContainsKey(own.ProjectId) && (project is null || own.ProjectId == project) && own.Fits(filter, words)).Select(own => own.Id));
        }
        if (filter.WantsOver && !words.Any(word => word.FitsNothing))
            found.AddRange(await over.FindAsync(db, filter, project, visible, words, count, cancellationToken));
        return new FoundReleases([.. found.Distinct().OrderDescending().Take(count)], visible.Names);
    }

    // SQLite looks through all releases for "is not null", and for a few of six statuses once it knows how many rows it has. A range it
    // finds in the index; the mapper cannot say one over texts.
    private static Task<List<UnderWay>> UnderWayAsync(LedgerContext db, CancellationToken cancellationToken) =>
        db.Releases.FromSql($"""SELECT * FROM releases WHERE "ActiveKey" > ''""")
            .Select(release => new UnderWay(release.Id, release.ProjectId, release.Version, release.Status, release.IsRehearsal, release.StartedBy, release.BaseCommit))
            .ToListAsync(cancellationToken);

    private sealed record UnderWay(Guid Id, Guid ProjectId, string Version, ReleaseStatus Status, bool IsRehearsal, string StartedBy, string BaseCommit)
    {
        public bool Fits(ReleaseFilter filter, IReadOnlyList<SearchWord> words) =>
            (filter.Status is not { } status || Status == status)
            && (filter.IsRehearsal is not { } rehearsal || IsRehearsal == rehearsal)
            && (filter.StartedBy is not { } by || StartedBy == by)
            && (filter.Before is not { } before || Id.CompareTo(before) < 0)
            && words.All(word => word.Fits(ProjectId, Version, StartedBy, BaseCommit));
    }
}
