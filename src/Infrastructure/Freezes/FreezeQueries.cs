using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Freezes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Freezes;

/// <summary>A freeze as people see it.</summary>
/// <param name="Project">Short name of the project, or null for all.</param>
/// <param name="IsInForce">At the moment of reading.</param>
/// <param name="Words">The sentence about it: of one to come from when until when, otherwise until when; both in UTC.</param>
public sealed record FreezeView(
    Guid Id, Guid? ProjectId, string? Project, string Reason, DateTimeOffset From, DateTimeOffset? Until, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? LiftedAt, string? LiftedBy, bool IsInForce, bool IsOver, string Words)
{
    /// <summary>Why it was lifted; null before, and in lists that have no lifted ones.</summary>
    public string? LiftReason { get; init; }

    /// <summary>Whether only an administrator can lift it: it is of all projects, or an administrator made it.</summary>
    public bool NeedsAdministrator { get; init; }
}

/// <summary>A freeze, as far as it concerns one release.</summary>
/// <param name="OverriddenBy">Who lets this release pass it, or null.</param>
public sealed record ReleaseFreeze(FreezeView Freeze, string? OverriddenBy, string? OverrideReason)
{
    /// <summary>Whether the release cannot publish now because of it.</summary>
    public bool Stops => Freeze.IsInForce && OverriddenBy is null;
}

/// <summary>Reads freezes.</summary>
public sealed class FreezeQueries(LedgerStore ledger, TimeProvider time)
{
    private const int Kept = 200;

    /// <summary>Those that are or will be in force, then those that are over; newest first.</summary>
    /// <param name="projectId">Only what concerns this project; null for every freeze.</param>
    public async Task<IReadOnlyList<FreezeView>> ListAsync(Guid? projectId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = ledger.Read();
        var freezes = await db.Freezes.Where(freeze => projectId == null || freeze.ProjectId == null || freeze.ProjectId == projectId)
            .OrderByDescending(freeze => freeze.CreatedAt).Take(Kept).ToListAsync(cancellationToken);
        var views = await LiftsAsync(db, await ViewsAsync(db, freezes, now, cancellationToken), cancellationToken);
        return [.. views.OrderBy(freeze => freeze.IsOver).ThenByDescending(freeze => freeze.From)];
    }

    /// <summary>What is in force now, or will be, for a release's project.</summary>
    internal static async Task<IReadOnlyList<ReleaseFreeze>> OfReleaseAsync(
        LedgerContext db, Guid projectId, Guid releaseId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(db, projectId, now, cancellationToken);
        if (open.Count == 0)
            return [];
        var overrides = await db.FreezeOverrides.Where(given => given.ReleaseId == releaseId).ToDictionaryAsync(given => given.FreezeId, cancellationToken);
        var views = await ViewsAsync(db, open, now, cancellationToken);
        return [.. views.Select(freeze => overrides.TryGetValue(freeze.Id, out var given)
            ? new ReleaseFreeze(freeze, given.By, given.Reason)
            : new ReleaseFreeze(freeze, null, null))];
    }

    /// <summary>The freeze that keeps the release from publishing now, the one that lasts longest; null when it may.</summary>
    internal static async Task<Freeze?> StoppingAsync(LedgerContext db, Guid projectId, Guid releaseId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = (await OpenAsync(db, projectId, now, cancellationToken)).Select(Of).Where(freeze => freeze.IsInForce(now)).ToList();
        if (open.Count == 0)
            return null;
        var passed = await db.FreezeOverrides.Where(given => given.ReleaseId == releaseId).Select(given => given.FreezeId).ToListAsync(cancellationToken);
        return open.Where(freeze => !passed.Contains(freeze.Id)).MaxBy(freeze => freeze.Until ?? DateTimeOffset.MaxValue);
    }

    internal static Freeze Of(FreezeRecord record) => new(record.Id, record.ProjectId, record.Reason, record.From, record.Until, record.LiftedAt);

    private static async Task<List<FreezeRecord>> OpenAsync(LedgerContext db, Guid projectId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Freezes.AsNoTracking()
            .Where(freeze => freeze.LiftedAt == null && (freeze.Until == null || freeze.Until > now) && (freeze.ProjectId == null || freeze.ProjectId == projectId))
            .OrderBy(freeze => freeze.From).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<FreezeView>> ViewsAsync(LedgerContext db, List<FreezeRecord> freezes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = freezes.Where(freeze => freeze.ProjectId is not null).Select(freeze => freeze.ProjectId!.Value).Distinct().ToList();
        var names = ids.Count == 0 ? [] : await db.Projects.Where(project => ids.Contains(project.Id)).ToDictionaryAsync(project => project.Id, project => project.Name, cancellationToken);
        List<FreezeView> views = [];
        foreach (var record in freezes)
        {
            var view = View(record, Of(record), record.ProjectId is { } id ? names.GetValueOrDefault(id) : null, now);
            views.Add(view with { NeedsAdministrator = !view.IsOver && await FreezeMaker.IsAdministratorAsync(db, record, cancellationToken) });
        }
        return views;
    }

    // The reason is in the trail, as that of every action is.
    private static async Task<IReadOnlyList<FreezeView>> LiftsAsync(LedgerContext db, IReadOnlyList<FreezeView> views, CancellationToken cancellationToken)
    {
        var lifted = views.Where(view => view.LiftedAt is not null).Select(view => view.Id.ToString("D")).ToList();
        if (lifted.Count == 0)
            return views;
        var entries = await db.Audit.AsNoTracking().Where(entry => entry.Action == "freeze.lift" && lifted.Contains(entry.Subject)).ToListAsync(cancellationToken);
        var reasons = entries.GroupBy(entry => entry.Subject).ToDictionary(own => own.Key, own => ReasonOf(own.Last()));
        return [.. views.Select(view => view with { LiftReason = reasons.GetValueOrDefault(view.Id.ToString("D")) })];
    }

    private static string? ReasonOf(AuditRecord entry)
    {
        using var after = JsonDocument.Parse(entry.After ?? "{}");
        return after.RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
    }

    private static FreezeView View(FreezeRecord record, Freeze freeze, string? project, DateTimeOffset now) => new(
        record.Id, record.ProjectId, project, record.Reason, record.From, record.Until, record.CreatedBy, record.CreatedAt, record.LiftedAt, record.LiftedBy,
        freeze.IsInForce(now), freeze.IsOver(now), freeze.From > now ? freeze.Planned : freeze.Words);
}
