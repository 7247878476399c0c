using System.Text;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.TestSupport.History;

/// <summary>What lists read of releases beside their facts: releases under way, playbooks and steps.</summary>
public static class RunSeed
{
    private const int Steps = 10;

    /// <summary>Five stages of two steps, named as <see cref="HistorySeed"/> names them.</summary>
    /// <param name="kind">Of every step.</param>
    public static string Playbook(string kind)
    {
        var text = new StringBuilder("schema: 1\nname: wrapper\ntitle: Seeded release\nrevision: 1\nstages:\n");
        foreach (var (stage, title) in HistorySeed.Titles.Index())
        {
            text.Append($"  - id: s{stage}\n    title: {title}\n    steps:\n");
            for (var step = stage * 2; step < (stage * 2) + 2; step++)
                text.Append($"      - {{ id: t{step}, title: Step {step}, kind: {kind}, expected: 20s }}\n");
        }
        return text.ToString();
    }

    /// <summary>Starts releases that are not over, one every three hours until now, in turn of the projects and people that there are.</summary>
    public static async Task StartAsync(LedgerStore ledger, int count, IReadOnlyList<string> people, DateTimeOffset until) => await ledger.AppendAsync(
        async db =>
        {
            var projects = await db.Projects.OrderBy(project => project.Name).Select(project => project.Id).ToListAsync();
            var statuses = Enum.GetValues<ReleaseStatus>().Where(status => !ReleaseProgress.IsOver(status)).ToList();
            for (var at = 0; at < count; at++)
            {
                var startedAt = until - (TimeSpan.FromHours(3) * (count - at));
                db.Releases.Add(new ReleaseRecord
                {
                    Id = Guid.CreateVersion7(startedAt), ProjectId = projects[at % projects.Count], Version = $"1.3.{1000 + at}", Status = statuses[at % statuses.Count], IsRehearsal = at % 3 == 0,
                    PlaybookName = "wrapper", PlaybookRevision = 1, PlanDigest = "", BaseCommit = HistorySeed.CommitOf(1_000_003 + (at * 10)), Owner = people[at % people.Count],
                    StartedBy = people[at % people.Count], StartedAt = startedAt, ActiveKey = $"active-{at}",
                });
            }
            await db.SaveChangesAsync();
        },
        CancellationToken.None);

    /// <summary>Gives every release a playbook and its steps. In two statements: a hundred thousand releases have a million of them.</summary>
    public static Task AddAsync(LedgerStore ledger, string kind) => ledger.AppendAsync(
        async db =>
        {
            await db.Database.OpenConnectionAsync();
            await RunAsync(db, """
                INSERT INTO release_snapshots ("ReleaseId", "PlaybookText", "Settings")
                SELECT r."Id", @playbook, p."Settings" FROM releases r JOIN projects p ON p."Id" = r."ProjectId"
                """, Playbook(kind));
            var id = ledger.IsSqlite
                ? "hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))"
                : "gen_random_uuid()";
            await RunAsync(db, $$"""
                INSERT INTO steps ("Id", "ReleaseId", "Key", "Ordinal", "Status", "Fence", "Heartbeat", "Wakes", "Looks", "Attempts", "Corrections", "StartedAt", "FinishedAt")
                SELECT {{id}}, r."Id", 't' || n.k, n.k,
                  CASE WHEN r."FinishedAt" IS NULL THEN 'Pending' WHEN r."Status" = 'Published' OR n.k < 6 THEN 'Succeeded' ELSE 'Cancelled' END,
                  1, 0, 0, 0, 1, '{}', r."StartedAt", r."FinishedAt"
                FROM releases r CROSS JOIN ({{string.Join(" UNION ALL ", Enumerable.Range(0, Steps).Select(at => $"SELECT {at} AS k"))}}) AS n
                """, null);
        },
        CancellationToken.None);

    private static async Task RunAsync(LedgerContext db, string text, string? playbook)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 600;
        if (playbook is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@playbook", playbook);
            command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync();
    }
}
