using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>A stage of a playbook as a list needs to know it.</summary>
/// <param name="Steps">How many it has.</param>
internal sealed record StageOutline(string Id, string Title, int Steps);

/// <summary>
/// The stages of releases that are over, by their playbooks' skeletons: releases of years ago ran on kinds that this version may not
/// have any more, and lists show them all the same. Thousands of releases share a text, which is read once.
/// </summary>
internal sealed class ReleaseStages
{
    private const int KeptTexts = 64;
    private const int KeptReleases = 10_000;

    private readonly ConcurrentDictionary<string, IReadOnlyList<StageOutline>> texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<StageOutline>> known = new();

    /// <summary>The stages of each release, in one query for those not known.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<StageOutline>>> OfAsync(LedgerContext db, IReadOnlyList<Guid> releases, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, IReadOnlyList<StageOutline>>();
        foreach (var id in releases)
        {
            if (known.TryGetValue(id, out var stages))
                found[id] = stages;
        }
        var missing = releases.Where(id => !found.ContainsKey(id)).ToList();
        if (missing.Count == 0)
            return found;
        if (known.Count > KeptReleases)
            known.Clear();
        var stored = await db.ReleaseSnapshots.Where(snapshot => missing.Contains(snapshot.ReleaseId))
            .Select(snapshot => new { snapshot.ReleaseId, snapshot.PlaybookText }).ToListAsync(cancellationToken);
        foreach (var snapshot in stored)
            found[snapshot.ReleaseId] = known[snapshot.ReleaseId] = Read(snapshot.PlaybookText);
        return found;
    }

    private IReadOnlyList<StageOutline> Read(string text)
    {
        if (texts.TryGetValue(text, out var stages))
            return stages;
        if (texts.Count >= KeptTexts)
            texts.Clear();
        return texts[text] = [.. PlaybookOutline.Read(text).GroupBy(step => (step.Stage, step.StageTitle)).Select(stage => new StageOutline(stage.Key.Stage, stage.Key.StageTitle, stage.Count()))];
    }
}
