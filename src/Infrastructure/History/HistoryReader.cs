using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>A page of history.</summary>
/// <param name="Releases">Newest first.</param>
/// <param name="HasNewer">Whether there are newer ones that fit.</param>
/// <param name="HasOlder">Whether there are older ones that fit.</param>
public sealed record HistoryPageView(IReadOnlyList<FinishedRelease> Releases, bool HasNewer, bool HasOlder);

/// <summary>Reads finished releases of all projects that somebody may see. Two queries a page, whatever is asked for and however far back; one more for a word that can be a commit.</summary>
public sealed class HistoryReader(LedgerStore ledger, HistoryChoices choices)
{
    private const int ExportPage = 500;

    [SignedIn]
    public async Task<HistoryPageView> ListAsync(Actor actor, HistoryFilter filter, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(filter.Count, 1, HistoryFilter.MaximumCount);
        await using var db = ledger.Read();
        var visible = await VisibleProjects.OfAsync(db, actor, cancellationToken);
        var newer = filter.After is not null;
        var found = await PageAsync(db, visible, filter, count + 1, cancellationToken);
        var releases = found.Take(count).ToList();
        if (newer)
            releases.Reverse();
        var more = found.Count > count;
        return new HistoryPageView(releases, newer ? more : filter.Before is not null, newer || more);
    }

    /// <summary>The last releases that fit, newest first, at most so many.</summary>
    [SignedIn]
    public async Task<IReadOnlyList<FinishedRelease>> LastAsync(Actor actor, HistoryFilter filter, int count, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await PageAsync(db, await VisibleProjects.OfAsync(db, actor, cancellationToken), filter with { Before = null, After = null }, count, cancellationToken);
    }

    /// <summary>Everything that fits, newest first, read page by page while it is sent.</summary>
    public async IAsyncEnumerable<FinishedRelease> AllAsync(Actor actor, HistoryFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = filter with { Before = null, After = null };
        while (true)
        {
            // A context for each page: a slow reader must not hold a connection.
            IReadOnlyList<FinishedRelease> page;
            await using (var db = ledger.Read())
                page = await PageAsync(db, await VisibleProjects.OfAsync(db, actor, cancellationToken), next, ExportPage, cancellationToken);
            foreach (var release in page)
                yield return release;
            if (page.Count < ExportPage)
                yield break;
            next = next with { Before = page[^1].Id };
        }
    }

    /// <summary>How many fit, counted up to a limit.</summary>
    [SignedIn]
    public async Task<int> CountAsync(Actor actor, HistoryFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return (await IdsAsync(db, await VisibleProjects.OfAsync(db, actor, cancellationToken), filter with { Before = null, After = null }, limit, cancellationToken)).Count;
    }

    private async Task<IReadOnlyList<FinishedRelease>> PageAsync(LedgerContext db, VisibleProjects visible, HistoryFilter filter, int count, CancellationToken cancellationToken)
    {
        var ids = await IdsAsync(db, visible, filter, count, cancellationToken);
        var facts = await db.ReleaseFacts.Where(own => ids.Contains(own.ReleaseId)).ToDictionaryAsync(own => own.ReleaseId, cancellationToken);
        return [.. ids.Select(id => facts[id]).Select(own => own.ToRelease(visible.Names[own.ProjectId]))];
    }

    private async Task<IReadOnlyList<Guid>> IdsAsync(LedgerContext db, VisibleProjects visible, HistoryFilter filter, int count, CancellationToken cancellationToken)
    {
        Guid? project = null;
        if (filter.Project is { } name && (project = visible.Find(name)) is null)
            return [];
        var words = string.IsNullOrWhiteSpace(filter.Search)
            ? []
            : await SearchWord.ReadAsync(db, filter.Search, visible, await choices.PeopleAsync(cancellationToken), cancellationToken);
        if (visible.Names.Count == 0 || words.Any(word => word.FitsNothing))
            return [];
        var (cursor, newer) = filter.After is { } after ? (after, true) : (filter.Before, false);
        HistorySql.Place? place = null;
        if (cursor is { } id)
        {
            place = await db.ReleaseFacts.Where(facts => facts.ReleaseId == id).Select(facts => new HistorySql.Place(facts.FinishedAt, facts.ReleaseId)).FirstOrDefaultAsync(cancellationToken);
            if (place is null)
                return [];
        }
        var sql = new HistorySql(ledger.IsSqlite);
        var text = sql.Text(filter, project, visible.IsAll ? null : [.. visible.Names.Keys], words, place, newer, count);
        return [.. (await sql.ReadAsync(db, text, cancellationToken)).Select(found => found.Id)];
    }
}
