using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using static ReleaseDashboard.Infrastructure.Tests.Approvals.ApprovalWorld;

namespace ReleaseDashboard.Infrastructure.Tests.Approvals;

/// <summary>What is given by hand to a step after the approval is published only when it was approved as well.</summary>
public sealed class ByHandTests
{
    private const string OneReviewer = "{role: reviewer}";
    private static readonly StepError Refused = new("refused", "The remote refuses.", "It says no.", "Try again.");
    private static readonly EvidenceChange Other = new("publish.value", "intended", "other");

    [Theory, DatabaseData]
    public async Task Retry_WithAnotherInput_VoidsTheApprovalBeforeAnythingIsPublished(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, OneReviewer);
        var (release, asked) = await FailAfterApprovalAsync(world);
        (await RetryAsync(world, release, "publish", "other")).Message.ShouldBe("");

        var again = await AskedAgainAsync(world, release);
        world.Publish.World.ShouldBeEmpty();
        again.Voided!.Changes.ShouldHaveSingleItem().ShouldBe(Other);
        again.Voided.HadApproved.ShouldBe(["ana"]);
        (await world.AuditAsync(release, "approval.void")).ShouldHaveSingleItem().After!.ShouldContain("""{"item":"publish.value","before":"intended","after":"other"}""");
        var late = await world.DecideAsync(Cy, release, asked.EvidenceDigest);
        late.Refusal.ShouldBe(Refusal.Conflict);
        late.Message.ShouldContain("Publish.value changed from intended to other");

        (await world.DecideAsync(Cy, release, again.EvidenceDigest)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        world.Publish.World["publish"].ShouldBe("other");
        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Void, ApprovalOutcome.Granted]);
    }

    [Theory, DatabaseData]
    public async Task Retry_OfAStepThatWaitsOutside_VoidsTheApprovalToo(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, OneReviewer);
        world.Publish.Sight = _ => new Observation.Waiting("The other side is busy.", TimeSpan.FromMinutes(5), Evidence.None);
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).Message.ShouldBe("");
        await world.AtAsync(release, "publish", StepStatus.WaitingOutside);
        world.Publish.Sight = _ => null;
        (await RetryAsync(world, release, "publish", "other")).Message.ShouldBe("");

        (await AskedAgainAsync(world, release)).Voided!.Changes.ShouldHaveSingleItem().ShouldBe(Other);
        world.Publish.Acts.ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task Correction_FromBeforePeopleAreAsked_IsShownAndCovered(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, OneReviewer);
        var (release, _) = await FailAfterApprovalAsync(world);
        await RetryAsync(world, release, "publish", "other");
        var rejected = await AskedAgainAsync(world, release);
        (await world.DecideAsync(Ana, release, rejected.EvidenceDigest, Verdict.Rejected, "Why other?")).Message.ShouldBe("");
        await world.AtAsync(release, "approve", StepStatus.Failed);

        (await RetryAsync(world, release, "approve", null)).Message.ShouldBe("");
        var view = await world.AtAsync(release, "approve", StepStatus.WaitingForPerson);
        view.Current.Evidence!.Items.ShouldContain(new EvidenceItem("publish.value", EvidenceKind.Text, "other") { Instead = "intended" });
        (await world.DecideAsync(Ana, release, view.Current.Approval!.EvidenceDigest)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        world.Publish.World["publish"].ShouldBe("other");
        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Void, ApprovalOutcome.Rejected, ApprovalOutcome.Granted]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("intended")]
    public async Task Retry_ThatChangesNothing_KeepsTheApproval(string? value)
    {
        await using var world = await StartAsync(DatabaseKind.Sqlite, OneReviewer);
        var (release, asked) = await FailAfterApprovalAsync(world);
        (await RetryAsync(world, release, "publish", value)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Granted]);
        (await world.ApprovalAsync(release)).EvidenceDigest.ShouldBe(asked.EvidenceDigest);
    }

    [Theory, DatabaseData]
    public async Task Correction_OfALocalStepWhoseResultIsPublished_VoidsTheApproval(DatabaseKind kind)
    {
        await using var world = await StartAsync(
            kind, OneReviewer, between: "- {id: make, title: Make, kind: test.make}", publishes: "{value: \"${{ steps.make.outputs.value }}\"}");
        world.Make.Answer = _ => new ActResult.Failed(Refused);
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).Message.ShouldBe("");
        await world.AtAsync(release, "make", StepStatus.Failed);
        world.Make.Answer = _ => null;
        (await RetryAsync(world, release, "make", "other")).Message.ShouldBe("");

        (await AskedAgainAsync(world, release)).Voided!.Changes.ShouldHaveSingleItem().ShouldBe(new EvidenceChange("make.value", "intended", "other"));
        world.Publish.Acts.ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task MarkedAsDone_WithAnOutputThatIsPublished_VoidsTheApproval(DatabaseKind kind)
    {
        await using var world = await StartAsync(
            kind, OneReviewer, between: "- {id: merge, title: Merge, kind: test.scripted}", publishes: "{value: \"${{ steps.merge.outputs.value }}\"}");
        world.Publish.Answer = _ => new ActResult.Failed(Refused);
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).Message.ShouldBe("");
        await world.AtAsync(release, "merge", StepStatus.Failed);
        world.Publish.Answer = _ => null;
        var marked = await world.Engine.Get<MarkStepDone>().RunAsync(
            EngineHost.Maintainer, release, "merge", "Merged it myself.", new Dictionary<string, string> { ["value"] = "other" }, CancellationToken.None);
        marked.Message.ShouldBe("");

        (await AskedAgainAsync(world, release)).Voided!.Changes.ShouldHaveSingleItem().ShouldBe(new EvidenceChange("merge.outputs.value", null, "other"));
        world.Publish.World.ShouldBeEmpty();
    }

    /// <summary>A release whose approval ana gave, and whose last step has failed since.</summary>
    private static async Task<(Guid Release, Infrastructure.Releases.Reading.ApprovalView Asked)> FailAfterApprovalAsync(ApprovalWorld world)
    {
        world.Publish.Answer = _ => new ActResult.Failed(Refused);
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).Message.ShouldBe("");
        await world.AtAsync(release, "publish", StepStatus.Failed);
        world.Publish.Answer = _ => null;
        return (release, asked);
    }

    private static async Task<Infrastructure.Releases.Reading.ApprovalView> AskedAgainAsync(ApprovalWorld world, Guid release) =>
        (await world.AtAsync(release, "approve", StepStatus.WaitingForPerson)).Steps.Single(step => step.Key == "approve").Approval!;

    private static Task<ActionResult> RetryAsync(ApprovalWorld world, Guid release, string step, string? value) =>
        world.Engine.Get<RetryStep>().RunAsync(
            EngineHost.Maintainer, release, step, value is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["value"] = value }, null, CancellationToken.None);
}
