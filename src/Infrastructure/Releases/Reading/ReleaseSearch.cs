using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
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
internal sealed class ReleaseSearch(LedgerStore ledger, HistoryChoices choices)
{
    private readonly OverReleases over = new(ledger);

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
            var underWay = (await UnderWayAsync(db, cancellationToken)).Where(own => visible.Names.ContainsKey(own.ProjectId) && (project is null || own.ProjectId == project)).ToList();
            var proven = words.Any(word => word.CanBeCommit) ? await ProvenAsync(db, underWay, cancellationToken) : null;
            found.AddRange(underWay.Where(own => own.Fits(filter, words, proven?[own.Id] ?? [])).Select(own => own.Id));
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

    /// <summary>What their steps proved, which is a lot to read: only for a search that needs it.</summary>
    private static async Task<ILookup<Guid, Evidence>> ProvenAsync(LedgerContext db, List<UnderWay> releases, CancellationToken cancellationToken)
    {
        var ids = releases.Select(own => own.Id).ToList();
        var steps = await db.Steps.Where(step => ids.Contains(step.ReleaseId) && step.Status == StepStatus.Succeeded && step.Evidence != null)
            .Select(step => new { step.ReleaseId, step.Evidence }).ToListAsync(cancellationToken);
        return steps.ToLookup(step => step.ReleaseId, step => step.Evidence!);
    }

    private sealed record UnderWay(Guid Id, Guid ProjectId, string Version, ReleaseStatus Status, bool IsRehearsal, string StartedBy, string BaseCommit)
    {
        public bool Fits(ReleaseFilter filter, IReadOnlyList<SearchWord> words, IEnumerable<Evidence> proven)
        {
            var commits = ReleaseCommits.Of(BaseCommit, proven);
            return Fits(filter) && words.All(word => word.Fits(ProjectId, Version, StartedBy, commits));
        }

        private bool Fits(ReleaseFilter filter) =>
            (filter.Status is not { } status || Status == status)
            && (filter.IsRehearsal is not { } rehearsal || IsRehearsal == rehearsal)
            && (filter.StartedBy is not { } by || StartedBy == by)
            && (filter.Before is not { } before || Id.CompareTo(before) < 0);
    }
}
