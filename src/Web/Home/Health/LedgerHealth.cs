using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Components.Text;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Home.Health;

/// <summary>What the database tells of the product's own health: workers, itself, and tokens that expire.</summary>
public sealed class LedgerHealth(LedgerStore ledger, TimeProvider time)
{
    // A worker shows itself every 5 s: three misses are no hiccup.
    private static readonly TimeSpan Present = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);
    private const long Little = 2L << 30;

    /// <param name="visible">Ids of the projects whose tokens may be told of; null for all.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public async Task<IReadOnlyList<HealthItem>> ReadAsync(IReadOnlyCollection<Guid>? visible, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var now = time.GetUtcNow();
        var workers = await db.Workers.OrderBy(worker => worker.Name).ToListAsync(cancellationToken);
        var expiring = await db.Secrets.Where(secret => secret.ExpiresAt != null && (visible == null || visible.Contains(secret.ProjectId)))
            .Join(db.Projects, secret => secret.ProjectId, project => project.Id, (secret, project) => new Expiry(project.Name, secret.Name, secret.ExpiresAt!.Value))
            .ToListAsync(cancellationToken);
        return
        [
            Workers([.. workers.Where(worker => worker.SeenAt > now - Present)]),
            new HealthItem("Database", GlyphState.Done, ledger.IsSqlite ? "SQLite, answers" : "PostgreSQL, answers"),
            Tokens([.. expiring.Where(expiry => expiry.At < now + Soon).OrderBy(expiry => expiry.At)], now),
        ];
    }

    private static HealthItem Workers(List<WorkerRecord> present)
    {
        if (present.Count == 0)
            return new HealthItem("Workers", GlyphState.Failed, "none is running: no step goes on");
        var full = present.Find(worker => worker.FreeBytes < Little);
        return full is null
            ? new HealthItem("Workers", GlyphState.Done, $"{present.Count} ready, {SizeText.Of(present.Min(worker => worker.FreeBytes))} free")
            : new HealthItem("Workers", GlyphState.Warning, $"{full.Name} has {SizeText.Of(full.FreeBytes)} left");
    }

    private static HealthItem Tokens(List<Expiry> expiring, DateTimeOffset now)
    {
        if (expiring.Count == 0)
            return new HealthItem("Tokens", GlyphState.Done, "none expires in 14 days");
        var (project, name, at) = expiring[0];
        var href = PageUrls.ProjectSettings(project, "secrets");
        var more = expiring.Count == 1 ? "" : $", {expiring.Count - 1} more soon";
        if (at <= now)
            return new HealthItem("Tokens", GlyphState.Failed, $"{name} of {project} has expired{more}", href);
        var days = (int)(at - now).TotalDays;
        var when = days switch { 0 => "within a day", 1 => "in 1 day", _ => $"in {days} days" };
        return new HealthItem("Tokens", GlyphState.Warning, $"{name} of {project} expires {when}{more}", href);
    }

    private sealed record Expiry(string Project, string Name, DateTimeOffset At);
}
