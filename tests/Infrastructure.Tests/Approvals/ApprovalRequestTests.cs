using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using static ReleaseDashboard.Infrastructure.Tests.Approvals.ApprovalWorld;

namespace ReleaseDashboard.Infrastructure.Tests.Approvals;

public sealed class ApprovalRequestTests
{
    private const string TwoGroups = "{require: [{role: reviewer}, {group: security}]}";
    private const string OneReviewer = "{role: reviewer}";

    [Theory, DatabaseData]
    public async Task TwoGroups_OnePersonOfBoth_NeedsTheOtherToo(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, TwoGroups);
        var (release, asked) = await world.AskAsync();
        asked.Missing.ShouldBe(2);
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).Message.ShouldBe("");
        var after = await world.Engine.WaitAsync(release, view => view.Current.Approval?.Missing == 1 && view.Current.Reason?.StartsWith("1 of security", StringComparison.Ordinal) != false);
        after.Current.Status.ShouldNotBe(StepStatus.Succeeded);

        (await world.DecideAsync(Cy, release, asked.EvidenceDigest)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);

        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Granted]);
        var approval = await world.ApprovalAsync(release);
        approval.Signatures.Select(slot => slot.SignedBy.Single()).ShouldBe(["cy", "ana"]);
        (await world.AuditAsync(release, "approval.ask")).ShouldHaveSingleItem().After!.ShouldContain("1 of security");
    }

    [Theory, DatabaseData]
    public async Task Decide_ByNeitherRoleNorGroup_IsRefused(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, TwoGroups);
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Lead, release, asked.EvidenceDigest)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await world.DecideAsync(EngineHost.Maintainer, release, asked.EvidenceDigest)).Message.ShouldContain("started this release");
        (await world.DecideAsync(Bo, release, asked.EvidenceDigest)).Message.ShouldBe("");
    }

    [Theory, DatabaseData]
    public async Task Evidence_ChangedWhileAsked_IsVoidAndSaysWhat(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, TwoGroups);
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).IsDone.ShouldBeTrue();

        await world.NotesAsync(release, "Fixes a bug.");
        await world.Engine.WaitAsync(release, view => view.Current.Approval is { Voided: not null } now && now.EvidenceDigest != asked.EvidenceDigest);

        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Void, null]);
        var approval = await world.ApprovalAsync(release);
        approval.Missing.ShouldBe(2);
        approval.Voided!.HadApproved.ShouldBe(["ana"]);
        approval.Voided.Changes.ShouldHaveSingleItem().ShouldBe(new EvidenceChange("notes", null, "Fixes a bug."));
        var told = (await world.AuditAsync(release, "approval.void")).ShouldHaveSingleItem().After!;
        told.ShouldContain("\"item\":\"notes\"");
        told.ShouldContain("\"hadApproved\":[\"ana\"]");

        var late = await world.DecideAsync(Cy, release, asked.EvidenceDigest);
        late.Refusal.ShouldBe(Refusal.Conflict);
        late.Message.ShouldContain("there are notes now");
        await world.NotesAsync(release, "## Fixed\n\n* The greeting.");
        await world.Engine.WaitAsync(release, view => view.Current.Approval is { } now && now.EvidenceDigest != approval.EvidenceDigest);
        (await world.DecideAsync(Cy, release, approval.EvidenceDigest)).Message.ShouldContain("since this page was shown: the notes were edited.");
    }

    [Theory, DatabaseData]
    public async Task Evidence_ChangedAndChangedBack_CountsNoEarlierDecision(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, TwoGroups);
        var release = await world.Engine.StartReleaseAsync();
        await world.AtAsync(release, "approve", StepStatus.WaitingForPerson);
        await world.NotesAsync(release, "A");
        var first = (await world.Engine.WaitAsync(release, view => view.Current.Approval is { Voided.Changes.Count: 1 })).Current.Approval!;
        (await world.DecideAsync(Ana, release, first.EvidenceDigest)).IsDone.ShouldBeTrue();
        await world.NotesAsync(release, "B");
        await world.Engine.WaitAsync(release, view => view.Current.Approval is { } now && now.EvidenceDigest != first.EvidenceDigest && now.AskedAt > first.AskedAt);
        await world.NotesAsync(release, "A");
        var again = (await world.Engine.WaitAsync(release, view => view.Current.Approval is { } now && now.EvidenceDigest == first.EvidenceDigest && now.AskedAt > first.AskedAt)).Current.Approval!;
        again.Missing.ShouldBe(2);
        (await world.DecideAsync(Cy, release, again.EvidenceDigest)).IsDone.ShouldBeTrue();
        (await world.Engine.WaitAsync(release, view => view.Current.Approval?.Missing == 1)).Current.Key.ShouldBe("approve");
    }

    [Theory, DatabaseData]
    public async Task TimeLimit_Passed_LapsesAndCanBeAskedAgain(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer, within: 3s, remind: 1s}");
        var (release, asked) = await world.AskAsync();
        asked.DueAt.ShouldNotBeNull();
        var lapsed = await world.AtAsync(release, "approve", StepStatus.Failed);
        lapsed.Current.Error!.Code.ShouldBe("approval-lapsed");
        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Lapsed]);
        (await world.AuditAsync(release, "approval.remind")).ShouldNotBeEmpty();
        (await world.AuditAsync(release, "approval.lapse")).ShouldHaveSingleItem();
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).Refusal.ShouldBe(Refusal.Conflict);

        (await world.Engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "approve", new Dictionary<string, string>(), null, CancellationToken.None)).IsDone.ShouldBeTrue();
        await world.AtAsync(release, "approve", StepStatus.WaitingForPerson);
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Lapsed, ApprovalOutcome.Granted]);
    }

    [Theory, DatabaseData]
    public async Task TimeLimit_PassedWithOneOfTwo_SaysWhoDecided(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{require: [{role: reviewer}, {group: security}], within: 4s}");
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Cy, release, asked.EvidenceDigest)).Message.ShouldBe("");
        var error = (await world.AtAsync(release, "approve", StepStatus.Failed)).Current.Error!;
        (error.What, error.Why).ShouldBe(("Not everybody decided within 4 s.", "cy approved; 1 of security must approve."));
    }

    [Theory, DatabaseData]
    public async Task Rejected_AskedAgain_CountsOnlyNewDecisions(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, OneReviewer);
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest, Verdict.Rejected, "The notes are missing.")).IsDone.ShouldBeTrue();
        await world.AtAsync(release, "approve", StepStatus.Failed);
        (await world.Engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "approve", new Dictionary<string, string>(), null, CancellationToken.None)).IsDone.ShouldBeTrue();
        var again = await world.AtAsync(release, "approve", StepStatus.WaitingForPerson);
        again.Current.Approval!.Missing.ShouldBe(1);
        (await world.DecideAsync(Cy, release, asked.EvidenceDigest)).IsDone.ShouldBeTrue();
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Rejected, ApprovalOutcome.Granted]);
    }

    [Theory, DatabaseData]
    public async Task Aborted_WhileAsked_WithdrawsTheRequest(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, OneReviewer);
        var (release, _) = await world.AskAsync();
        (await world.Engine.Get<AbortRelease>().RunAsync(EngineHost.Maintainer, release, "no", CancellationToken.None)).IsDone.ShouldBeTrue();
        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Withdrawn]);
    }

    [Theory, DatabaseData]
    public async Task KeptFile_WithAChangedByte_StopsUntilItIsBack(DatabaseKind kind)
    {
        var right = Convert.ToHexStringLower(SHA256.HashData("right"u8));
        var wrong = Convert.ToHexStringLower(SHA256.HashData("wrong"u8));
        await using var world = await StartAsync(kind, OneReviewer, $"{{file: p.whl, sha256: {right}}}");
        var (release, asked) = await world.AskAsync();
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(world.Engine.Get<WorkerOptions>().Artifacts, right)).FullName, "p.whl");
        await File.WriteAllTextAsync(path, "wrong", Encoding.ASCII);

        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).IsDone.ShouldBeTrue();
        var stopped = await world.AtAsync(release, "approve", StepStatus.Failed);
        stopped.Current.Error!.Code.ShouldBe("bytes-changed");
        stopped.Current.Approval!.Voided!.Changes.ShouldHaveSingleItem().ShouldBe(new EvidenceChange("sha256", right, wrong));
        stopped.Current.Approval.Voided.HadApproved.ShouldBe(["ana"]);
        world.Publish.Acts.ShouldBeEmpty();

        await File.WriteAllTextAsync(path, "right", Encoding.ASCII);
        (await world.Engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "approve", new Dictionary<string, string>(), null, CancellationToken.None)).IsDone.ShouldBeTrue();
        await world.AtAsync(release, "approve", StepStatus.WaitingForPerson);
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).IsDone.ShouldBeTrue();
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
    }

    [Theory, DatabaseData]
    public async Task AuthorsLeftOut_ButUnknown_NobodyCanApprove(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer, not_author: true}");
        var release = await world.Engine.StartReleaseAsync();
        var view = await world.AtAsync(release, "approve", StepStatus.WaitingOutside);
        view.Current.Reason!.ShouldNotBeEmpty();
        var refused = await world.DecideAsync(Ana, release, "x");
        refused.Refusal.ShouldBe(Refusal.Conflict);
        refused.Message.ShouldContain(view.Current.Reason!);
    }

    [Theory, DatabaseData]
    public async Task AuthorsLeftOut_PersonWithoutALinkToGitHub_CannotDecide(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer, not_author: true}");
        var release = await world.Engine.StartReleaseAsync();
        await world.AtAsync(release, "approve", StepStatus.WaitingOutside);
        await world.AuthorsAsync(release, "Ada <ada@example.org> @ada-l");

        var refused = await world.DecideAsync(Ana, release, "x");
        refused.Refusal.ShouldBe(Refusal.NotAllowed);
        refused.Message.ShouldContain("no GitHub account is linked");
        await world.LinkAsync("ana", "ada-l");
        (await world.DecideAsync(Ana, release, "x")).Message.ShouldContain("authored commits");
        await world.LinkAsync("ana", "ana-l");
        (await world.DecideAsync(Ana, release, "x")).Refusal.ShouldBe(Refusal.Conflict);
    }
}
