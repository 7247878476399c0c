using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Listing;

/// <summary>Reads the audit trail.</summary>
public sealed class AuditQueries(LedgerStore ledger)
{
    /// <summary>Entries that match, newest first.</summary>
    public async Task<IReadOnlyList<AuditRow>> ListAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await ReadAsync(db, filter, Math.Clamp(filter.Count, 1, AuditFilter.MaximumCount), cancellationToken);
    }

    /// <summary>Every entry that matches, newest first, read in pages: one reader holds nothing up, whatever its size.</summary>
    public async IAsyncEnumerable<AuditRow> AllAsync(AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int page = 1000;
        await using var db = ledger.Read();
        while (true)
        {
            var rows = await ReadAsync(db, filter, page, cancellationToken);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < page)
                yield break;
            filter = filter with { Before = rows[^1].Sequence };
        }
    }

    /// <summary>Every action that occurs, for a filter's choices.</summary>
    public async Task<IReadOnlyList<string>> ActionsAsync(CancellationToken cancellationToken)
    {
        await using var connection = ledger.Connect();
        await connection.OpenAsync(cancellationToken);
        return await AuditActions.ListAsync(connection, cancellationToken);
    }

    /// <summary>Every person that there is, for a filter's choices. Workers have a new name at each start and are none.</summary>
    public async Task<IReadOnlyList<string>> ActorsAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Users.Select(user => user.Name).OrderBy(name => name).ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<AuditRow>> ReadAsync(LedgerContext db, AuditFilter filter, int count, CancellationToken cancellationToken)
    {
        Guid? project = null;
        if (filter.Project is not null)
        {
            project = await db.Projects.Where(record => record.Name == filter.Project).Select(record => (Guid?)record.Id).FirstOrDefaultAsync(cancellationToken);
            if (project is null || filter.Visible?.Contains(project.Value) == false)
                return [];
        }
        var (first, end) = await AuditTimes.BoundsAsync(db, filter.From, filter.To, cancellationToken);
        AuditSeekRange Range(Guid? of) => new(
            first, Math.Min(end, filter.Before ?? long.MaxValue), count, filter.Actor, of, filter.Release, filter.Action, filter.From, filter.To);
        // Whoever sees some projects only is answered from each of these, and the newest of them make the page.
        List<AuditSeekRange> ranges = project is null && filter.Visible is { } visible ? [.. visible.Select(id => Range(id))] : [Range(project)];
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            List<long> sequences = [];
            foreach (var range in ranges)
                sequences.AddRange(await new AuditSeek(db.Database.GetDbConnection(), range, cancellationToken).RunAsync());
            if (ranges.Count > 1)
                sequences = [.. sequences.OrderDescending().Take(count)];
            return sequences.Count == 0 ? [] : await RowsAsync(db, sequences, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<IReadOnlyList<AuditRow>> RowsAsync(LedgerContext db, IReadOnlyList<long> sequences, CancellationToken cancellationToken)
    {
        var entries = await db.Audit.Where(entry => sequences.Contains(entry.Sequence)).OrderByDescending(entry => entry.Sequence).ToListAsync(cancellationToken);
        // A page has few different projects and releases: they are looked up once each, not for every row.
        var projectIds = entries.Select(entry => entry.ProjectId).OfType<Guid>().Distinct().ToList();
        var releaseIds = entries.Select(entry => entry.ReleaseId).OfType<Guid>().Distinct().ToList();
        var projects = await db.Projects.Where(project => projectIds.Contains(project.Id)).Select(project => new { project.Id, project.Name }).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        var versions = await db.Releases.Where(release => releaseIds.Contains(release.Id)).Select(release => new { release.Id, release.Version }).ToDictionaryAsync(row => row.Id, row => row.Version, cancellationToken);
        return [.. entries.Select(entry => new AuditRow(
            entry.Sequence, entry.At, entry.ActorKind, entry.ActorName, entry.Action,
            entry.ProjectId, entry.ProjectId is { } project ? projects.GetValueOrDefault(project) : null,
            entry.ReleaseId, entry.ReleaseId is { } release ? versions.GetValueOrDefault(release) : null,
            entry.Subject, entry.Before, entry.After, entry.PreviousHash, entry.Hash))];
    }
}

/// <summary>An entry as a list shows it.</summary>
/// <param name="Project">The project's present name.</param>
/// <param name="Before">State before, as JSON, or null.</param>
/// <param name="After">State after, as JSON, or null.</param>
public sealed record AuditRow(
    long Sequence, DateTimeOffset At, string ActorKind, string Actor, string Action, Guid? ProjectId, string? Project,
    Guid? ReleaseId, string? Version, string Subject, string? Before, string? After, string PreviousHash, string Hash);
