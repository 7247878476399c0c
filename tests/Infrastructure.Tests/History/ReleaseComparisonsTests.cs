using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using ReleaseDashboard.TestSupport.History;

namespace ReleaseDashboard.Infrastructure.Tests.History;

public sealed class ReleaseComparisonsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Previous_IsTheLastPublishedOnTheSamePlaybook_ThenAny(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, RunSeed.Playbook("test.scripted").Replace("name: wrapper", "name: test", StringComparison.Ordinal), new ScriptedStep());
        await HistorySeed.AddAsync(engine.Ledger, 60, ["hello"]);
        await using var db = engine.Ledger.Read();
        var all = await db.Releases.OrderByDescending(release => release.StartedAt).ToListAsync(None);
        all.Select(release => release.PlaybookName).Distinct().Count().ShouldBeGreaterThan(1);
        var comparisons = engine.Services.GetRequiredService<ReleaseComparisons>();
        foreach (var (at, release) in all.Index())
        {
            var before = all.Skip(at + 1).ToList();
            var published = before.Where(other => other.Status == ReleaseStatus.Published).ToList();
            var expected = published.Find(other => other.PlaybookName == release.PlaybookName) ?? published.FirstOrDefault() ?? before.FirstOrDefault();
            (await comparisons.PreviousAsync(release.Id, None)).ShouldBe(expected?.Id);
        }
        (await comparisons.PreviousAsync(Guid.Empty, None)).ShouldBeNull();
    }
}
