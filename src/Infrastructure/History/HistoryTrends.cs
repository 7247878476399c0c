using System.Collections.Concurrent;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>Figures over the last releases that a filter lets through: at most a year of them and at most two hundred, read anew every few seconds.</summary>
public sealed class HistoryTrends(HistoryReader history, TimeProvider time)
{
    /// <summary>More releases than this are not read for trends.</summary>
    public const int MaximumReleases = 200;

    private const int KeptAnswers = 128;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long Read, IReadOnlyList<FinishedRelease> Releases)> answers = new(StringComparer.Ordinal);

    /// <param name="zone">The reader's zone, which says where a month begins.</param>
    [SignedIn]
    public async Task<Trends> ReadAsync(Actor actor, HistoryFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var yearAgo = time.GetUtcNow().AddMonths(-11);
        var begin = new DateTimeOffset(yearAgo.Year, yearAgo.Month, 1, 0, 0, 0, TimeSpan.Zero);
        // Whoever names a time means that time.
        var asked = filter with { Before = null, After = null, Count = 1, From = filter.From ?? (filter.To is null ? begin : null) };
        var key = $"{actor.Kind}/{actor.Name}/{(int)actor.Roles}/{actor.OnlyProject}/{string.Join(',', actor.Scopes ?? new HashSet<Permission>())}/{string.Join(',', actor.ProjectRoles)}\n{asked}";
        if (!answers.TryGetValue(key, out var known) || time.GetElapsedTime(known.Read) > Kept)
        {
            if (answers.Count > KeptAnswers)
                answers.Clear();
            known = (time.GetTimestamp(), await history.LastAsync(actor, asked, MaximumReleases + 1, cancellationToken));
            answers[key] = known;
        }
        return Trends.Of(known.Releases.Take(MaximumReleases), known.Releases.Count > MaximumReleases, at => TimeZoneInfo.ConvertTime(at, zone));
    }
}
