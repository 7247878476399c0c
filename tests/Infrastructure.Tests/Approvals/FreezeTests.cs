using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Freezes;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using static ReleaseDashboard.Infrastructure.Tests.Approvals.ApprovalWorld;

namespace ReleaseDashboard.Infrastructure.Tests.Approvals;

public sealed class FreezeTests
{
    [Theory, DatabaseData]
    public async Task Lock_OfAllProjects_StopsWhatCannotBeUndoneUntilItIsLifted(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        var freeze = await FreezeAsync(world, new NewFreeze(null, "Trade fair."));
        var (release, asked) = await world.AskAsync();
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).IsDone.ShouldBeTrue();
        var frozen = await world.AtAsync(release, "publish", StepStatus.WaitingOutside);
        frozen.Current.Reason.ShouldBe("Frozen until somebody lifts it: Trade fair");
        frozen.Freezes.ShouldHaveSingleItem().Stops.ShouldBeTrue();
        world.Publish.Acts.ShouldBeEmpty();

        (await world.Engine.Get<LiftFreeze>().RunAsync(EngineHost.Maintainer, freeze, "over", CancellationToken.None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await world.Engine.Get<LiftFreeze>().RunAsync(Lead, freeze, "over", CancellationToken.None)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        (await world.Engine.Get<LiftFreeze>().RunAsync(Lead, freeze, null, CancellationToken.None)).Refusal.ShouldBe(Refusal.Conflict);
    }

    [Theory, DatabaseData]
    public async Task Window_ThatEnds_LetsTheReleaseGoOnByItself(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        var (release, asked) = await world.AskAsync();
        await FreezeAsync(world, new NewFreeze(null, "Maintenance.", Until: TimeProvider.System.GetUtcNow().AddSeconds(4)));
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).IsDone.ShouldBeTrue();
        (await world.AtAsync(release, "publish", StepStatus.WaitingOutside)).Current.Reason!.ShouldContain(" UTC: Maintenance");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        world.Publish.Acts["publish"].ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Override_WithAReason_LetsOneReleasePassThisFreeze(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        await FreezeAsync(world, new NewFreeze(null, "Holidays."));
        var (release, asked) = await world.AskAsync();
        await world.DecideAsync(Ana, release, asked.EvidenceDigest);
        await world.AtAsync(release, "publish", StepStatus.WaitingOutside);
        var pass = world.Engine.Get<OverrideFreeze>();
        (await pass.RunAsync(EngineHost.Maintainer, release, "urgent", CancellationToken.None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await pass.RunAsync(Lead, release, " ", CancellationToken.None)).Refusal.ShouldBe(Refusal.Invalid);
        (await pass.RunAsync(Lead, release, "Fixes CVE-2026-1.", CancellationToken.None)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        var told = (await world.AuditAsync(release, "freeze.override")).ShouldHaveSingleItem();
        (told.ActorName, told.After!.Contains("CVE-2026-1", StringComparison.Ordinal)).ShouldBe(("lead", true));
    }

    [Theory, DatabaseData]
    public async Task Approval_ChangedWhileFrozen_IsVoidAndNothingGoesOut(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        var freeze = await FreezeAsync(world, new NewFreeze(null, "Holidays."));
        var (release, asked) = await world.AskAsync();
        await world.DecideAsync(Ana, release, asked.EvidenceDigest);
        await world.AtAsync(release, "publish", StepStatus.WaitingOutside);

        await world.NotesAsync(release, "One byte more.");
        var open = (await world.AtAsync(release, "approve", StepStatus.WaitingForPerson)).Steps.Single(step => step.Key == "approve").Approval!;
        open.Voided!.HadApproved.ShouldBe(["ana"]);
        open.Voided.Changes.ShouldHaveSingleItem().Item.ShouldBe("notes");
        (await world.OutcomesAsync(release)).ShouldBe([ApprovalOutcome.Void, null]);
        (await world.AuditAsync(release, "approval.void")).ShouldHaveSingleItem();
        (await world.Engine.Get<LiftFreeze>().RunAsync(Lead, freeze, "The holidays are over.", CancellationToken.None)).Message.ShouldBe("");
        world.Publish.Acts.ShouldBeEmpty();

        (await world.DecideAsync(Cy, release, asked.EvidenceDigest)).Refusal.ShouldBe(Refusal.Conflict);
        (await world.DecideAsync(Cy, release, open.EvidenceDigest)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        world.Publish.Acts["publish"].ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Freeze_WithoutReasonOrEndBeforeBeginning_IsRefused(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        var create = world.Engine.Get<CreateFreeze>();
        var now = TimeProvider.System.GetUtcNow();
        (await create.RunAsync(Lead, new NewFreeze(null, ""), CancellationToken.None)).Result.Refusal.ShouldBe(Refusal.Invalid);
        (await create.RunAsync(Lead, new NewFreeze(null, "x", now.AddHours(2), now.AddHours(1)), CancellationToken.None)).Result.Refusal.ShouldBe(Refusal.Invalid);
        (await create.RunAsync(Bo, new NewFreeze(null, "x"), CancellationToken.None)).Result.Refusal.ShouldBe(Refusal.NotAllowed);
        (await create.RunAsync(Lead, new NewFreeze(Guid.CreateVersion7(), "x"), CancellationToken.None)).Result.Refusal.ShouldBe(Refusal.NotFound);
    }

    [Theory, DatabaseData]
    public async Task Lift_WithoutAReason_IsRefusedAndTheReasonIsKept(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        var freeze = await FreezeAsync(world, new NewFreeze(null, "Holidays."));
        var lift = world.Engine.Get<LiftFreeze>();
        (await lift.RunAsync(Lead, freeze, " ", CancellationToken.None)).Refusal.ShouldBe(Refusal.Invalid);
        (await lift.RunAsync(Lead, freeze, " They are over. ", CancellationToken.None)).Message.ShouldBe("");
        var shown = (await world.Engine.Get<FreezeQueries>().ListAsync(null, CancellationToken.None)).Single(view => view.Id == freeze);
        (shown.LiftedBy, shown.LiftReason).ShouldBe(("lead", "They are over."));
    }

    [Fact]
    public void Words_BeforeAndWhileItIsInForce_SayTheTimesInOrder()
    {
        var freeze = new Freeze(Guid.CreateVersion7(), null, "Trade fair.", new(2026, 12, 20, 8, 0, 0, TimeSpan.Zero), new(2026, 12, 27, 9, 0, 0, TimeSpan.FromHours(1)), null);
        freeze.Planned.ShouldBe("From 20 Dec 2026, 08:00 UTC until 27 Dec 2026, 08:00 UTC: Trade fair");
        freeze.Words.ShouldBe("Frozen until 27 Dec 2026, 08:00 UTC: Trade fair");
        (freeze with { Until = null }).Planned.ShouldBe("From 20 Dec 2026, 08:00 UTC until somebody lifts it: Trade fair");
    }

    private static async Task<Guid> FreezeAsync(ApprovalWorld world, NewFreeze freeze)
    {
        var (id, result) = await world.Engine.Get<CreateFreeze>().RunAsync(Lead, freeze, CancellationToken.None);
        return id ?? throw new InvalidOperationException(result.Message);
    }
}
