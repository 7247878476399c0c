using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.History;

public sealed class ReleaseCommitsTests
{
    private const string Playbook = """
        schema: 1
        name: test
        title: Test
        revision: 1
        stages:
          - id: first
            title: First
            steps:
              - { id: work, title: Work, kind: test.scripted }
              - { id: check, title: Check, kind: checklist, items: [{ id: one, text: All is well }] }
        """;

    private const string Merge = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private const string Tag = "B7b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private const string Before = "c9b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private const string Hash = "d5b2c3d4e5f60718293a4b5c6d7e8f90011223344";

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly Evidence Proof = Evidence.Of(
        new EvidenceItem("commit", EvidenceKind.Commit, Merge), new EvidenceItem("object", EvidenceKind.Commit, Tag), new EvidenceItem("main_before", EvidenceKind.Commit, Before),
        new EvidenceItem("sha256", EvidenceKind.Sha256, Hash), new EvidenceItem("found_commit", EvidenceKind.Commit, "none"));

    [Theory, DatabaseData]
    public async Task Search_ByWhatTheStepsMade_FindsItUnderWayAndOver(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep { Sight = _ => new Observation.Done(Proof) });
        var id = await engine.StartReleaseAsync();
        var began = (await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson)).BaseCommit;
        await ShouldFindAsync(engine, began, isOver: false);

        (await engine.Get<TickItem>().RunAsync(EngineHost.Maintainer, id, "check", "one", true, None)).Message.ShouldBe("");
        await engine.WaitForAsync(id, ReleaseStatus.Published);
        await ShouldFindAsync(engine, began, isOver: true);
    }

    [Theory, DatabaseData]
    public async Task Fill_ReleaseOfBefore_IsFoundByItsCommits(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep { Sight = _ => new Observation.Done(Proof) });
        var id = await engine.StartReleaseAsync();
        var began = (await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson)).BaseCommit;
        (await engine.Get<AbortRelease>().RunAsync(EngineHost.Maintainer, id, "wrong branch", None)).Message.ShouldBe("");
        await engine.Ledger.AppendAsync(db => db.ReleaseCommits.ExecuteDeleteAsync(None), None);
        (await FoundAsync(engine, Merge)).ShouldBe((0, 0));
        (await engine.Services.GetServices<IHostedService>().OfType<ReleaseFactsFill>().Single().RunAsync(None)).ShouldBe(1);
        await ShouldFindAsync(engine, began, isOver: true);
    }

    private static async Task ShouldFindAsync(EngineHost engine, string began, bool isOver)
    {
        foreach (var search in new[] { began, Merge, Merge[..7], Tag, Tag[..9].ToUpperInvariant() })
            (await FoundAsync(engine, search)).ShouldBe((1, isOver ? 1 : 0), search);
        // What was there before belongs to another release, and a file's hash is no commit.
        foreach (var search in new[] { Before, Hash[..12], Merge[..6] + "0", Merge + "0" })
            (await FoundAsync(engine, search)).ShouldBe((0, 0), search);
    }

    private static async Task<(int List, int History)> FoundAsync(EngineHost engine, string search) =>
    (
        (await engine.Get<ReleaseQueries>().ListAsync(new ReleaseFilter { Search = search }, None)).Count,
        (await engine.Get<HistoryReader>().ListAsync(EngineHost.Maintainer, new HistoryFilter { Search = search }, None)).Releases.Count
    );
}
