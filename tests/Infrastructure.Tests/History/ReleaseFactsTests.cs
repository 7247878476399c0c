using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.History;

public sealed class ReleaseFactsTests
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
          - id: second
            title: Second
            steps:
              - id: approve
                title: Approve
                kind: approval
                inputs: { file: p.tar.gz, commit: 8c15f02e }
                approval: { count: 1, role: reviewer, not_starter: true }
        """;

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task End_OfARelease_WritesItsFactsOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep());
        var id = await engine.StartReleaseAsync();
        await ApproveAsync(engine, id);
        await engine.WaitForAsync(id, ReleaseStatus.Published);
        var facts = await FactsAsync(engine, id);
        facts.ShouldNotBeNull();
        (facts.IsPublished, facts.StartedBy, facts.PlaybookName, facts.Failures).ShouldBe((true, "maintainer", "test", 0));
        facts.ApprovedBy.ShouldBe(["reviewer"]);
        facts.Stages.Select(stage => stage.Title).ShouldBe(["First", "Second"]);
        facts.LeadMilliseconds.ShouldBeGreaterThanOrEqualTo(facts.PeopleMilliseconds);
        facts.PeopleMilliseconds.ShouldBeGreaterThan(0);
        var timeline = await engine.Get<ReleaseTimelines>().FindAsync(EngineHost.Reviewer, id, None);
        timeline!.Rows.Select(row => row.Step.Key).ShouldBe(["work", "approve"]);
        timeline.Rows.ShouldAllBe(row => row.Segments.Count == 1 && !row.Segments[0].IsOpen);
    }

    [Theory, DatabaseData]
    public async Task End_ByAbort_KeepsTheReason(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep());
        var id = await engine.StartReleaseAsync();
        await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson);
        (await engine.Get<AbortRelease>().RunAsync(EngineHost.Maintainer, id, "wrong branch", None)).Message.ShouldBe("");
        var facts = (await FactsAsync(engine, id))!;
        (facts.IsPublished, facts.AbortReason, facts.PackageBytes).ShouldBe((false, "wrong branch", null));
    }

    [Theory, DatabaseData]
    public async Task Fill_ReleaseWithoutFacts_WritesTheSame(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep());
        var id = await engine.StartReleaseAsync();
        await ApproveAsync(engine, id);
        await engine.WaitForAsync(id, ReleaseStatus.Published);
        var before = (await FactsAsync(engine, id))!;
        await engine.Ledger.AppendAsync(db => db.ReleaseFacts.ExecuteDeleteAsync(None), None);
        var fill = engine.Services.GetServices<IHostedService>().OfType<ReleaseFactsFill>().Single();
        (await fill.RunAsync(None)).ShouldBe(1);
        (await fill.RunAsync(None)).ShouldBe(0);
        var after = (await FactsAsync(engine, id))!;
        (after.LeadMilliseconds, after.PeopleMilliseconds, after.FinishedAt).ShouldBe((before.LeadMilliseconds, before.PeopleMilliseconds, before.FinishedAt));
        after.Stages.ShouldBe(before.Stages);
    }

    [Theory, DatabaseData]
    public async Task Notes_EditedWhileApprovalWaits_VoidWhatWasDecided(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep());
        var id = await engine.StartReleaseAsync();
        var seen = (await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson)).Current.Approval!.EvidenceDigest;
        var notes = engine.Get<NotesStore>();
        (await notes.SaveAsync(EngineHost.Maintainer, id, "# Better", 0, None)).Message.ShouldBe("");
        var view = await engine.WaitAsync(id, release => release.Current.Approval is { } approval && approval.EvidenceDigest != seen && release.Status == ReleaseStatus.NeedsPerson);
        view.Current.Evidence!["notes"].ShouldBe("# Better\n");
        (await engine.Get<DecideApproval>().RunAsync(EngineHost.Reviewer, id, "approve", Verdict.Approved, seen, null, None)).Refusal.ShouldBe(Refusal.Conflict);
    }

    [Theory, DatabaseData]
    public async Task Notes_SavedOnAnOldRevision_AreRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep());
        var id = await engine.StartReleaseAsync();
        await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson);
        var notes = engine.Get<NotesStore>();
        var both = await Task.WhenAll(notes.SaveAsync(EngineHost.Maintainer, id, "one", 0, None), notes.SaveAsync(EngineHost.Maintainer, id, "two", 0, None));
        both.Select(result => result.Refusal).ShouldBe([null, Refusal.Conflict], ignoreOrder: true);
        (await notes.SaveAsync(EngineHost.Reviewer, id, "three", 1, None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await notes.SaveAsync(EngineHost.Maintainer, id, " \n", 1, None)).Refusal.ShouldBe(Refusal.Invalid);
        (await notes.SaveAsync(EngineHost.Maintainer, Guid.CreateVersion7(), "x", 0, None)).Refusal.ShouldBe(Refusal.NotFound);
        (await engine.Get<AbortRelease>().RunAsync(EngineHost.Maintainer, id, "enough", None)).Message.ShouldBe("");
        (await notes.SaveAsync(EngineHost.Maintainer, id, "late", 1, None)).Refusal.ShouldBe(Refusal.Conflict);
    }

    private static async Task ApproveAsync(EngineHost engine, Guid id)
    {
        var view = await engine.WaitAsync(id, release => release.Current.Key == "approve" && release.Status == ReleaseStatus.NeedsPerson);
        (await engine.Get<DecideApproval>().RunAsync(EngineHost.Reviewer, id, "approve", Verdict.Approved, view.Current.Approval!.EvidenceDigest, null, None)).Message.ShouldBe("");
    }

    private static async Task<ReleaseFactsRecord?> FactsAsync(EngineHost engine, Guid id)
    {
        await using var db = engine.Ledger.Read();
        return await db.ReleaseFacts.SingleOrDefaultAsync(facts => facts.ReleaseId == id, None);
    }
}
