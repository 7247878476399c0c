using Microsoft.Extensions.Logging.Abstractions;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.Packs;
using ReleaseDashboard.Infrastructure.Preparation.Plans;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Packs;

public sealed class EvidencePacksTests
{
    private const string Playbook = """
        schema: 1
        name: test
        title: Test
        revision: 1
        stages:
          - id: only
            title: Only
            steps:
              - { id: work, title: Work, kind: test.scripted }
              - { id: copy, title: Copy, kind: test.scripted, inputs: { value: "${{ steps.work.outputs.value }}" } }
              - id: approve
                title: Approve
                kind: approval
                inputs: { file: p.tar.gz, commit: 8c15f02e }
                approval: { count: 1, role: reviewer }
              - { id: last, title: Last, kind: test.scripted, inputs: { value: "${{ steps.work.outputs.value }}" } }
        """;

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Pack_OfVoidApproval_SaysWhatChangedWhoAskedAndWhatRan(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var engine = await EngineHost.StartAsync(database.Options, Playbook, new ScriptedStep());
        var id = await engine.StartReleaseAsync();
        var seen = (await engine.WaitForAsync(id, ReleaseStatus.NeedsPerson)).Current.Approval!.EvidenceDigest;
        (await engine.Get<NotesStore>().SaveAsync(EngineHost.Maintainer, id, "# Better", 0, None)).Message.ShouldBe("");
        await engine.WaitAsync(id, release => release.Current.Approval is { } approval && approval.EvidenceDigest != seen);
        (await engine.Get<CommentOnStep>().RunAsync(EngineHost.Reviewer, id, "approve", new NewComment("Why <now>?", IsQuestion: true), None)).Message.ShouldBe("");

        var (keys, tree) = (new CheckpointKeys(Path.Combine(database.DataFolder, "keys")), new AuditTree(engine.Ledger));
        using var maker = new CheckpointMaker(
            engine.Ledger, tree, keys, new AuditOptions { KeyFolder = Path.Combine(database.DataFolder, "keys"), StateFolder = database.DataFolder }, TimeProvider.System, NullLogger<CheckpointMaker>.Instance);
        var packs = new EvidencePacks(engine.Ledger, new PackSteps(engine.Get<ReleaseSnapshots>(), engine.Get<StepPlanner>()), maker, keys, tree, TimeProvider.System);
        var pack = (await packs.MakeAsync(id, None)).ShouldNotBeNull();

        PackStep Step(string key) => pack.Stages.SelectMany(stage => stage.Steps).Single(step => step.Key == key);
        var approve = Step("approve");
        approve.Requests.Select(request => request.Outcome).ShouldBe(["Void", null]);
        approve.Requests[0].Changes.ShouldContain(change => change.Item == "notes" && change.Before == null && change.After == "# Better\n");
        approve.Requests[1].Changes.ShouldBeEmpty();
        approve.Comments.Single().IsQuestion.ShouldBeTrue();
        // What ran has the values it ran with; what has not begun has what the plan showed.
        Step("copy").Commands.ShouldBe(["$ write intended"]);
        Step("last").Commands.Single().ShouldContain("‹");

        var html = EvidenceHtml.Write(pack);
        html.ShouldContain("What was different after");
        html.ShouldContain("a question: Why &lt;now&gt;?");
        html.ShouldContain("Before and after");
        html.ShouldNotContain("AlreadyDone");
    }
}
