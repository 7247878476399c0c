using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Running;

public sealed class StepProtocolTests
{
    [Theory, DatabaseData]
    public async Task Release_OfWorkingSteps_IsPublished(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new ScriptedStep();
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);
        view.Steps.ShouldAllBe(one => one.Status == StepStatus.Succeeded && one.Evidence!["value"] == "intended");
        step.Acts.Values.ShouldAllBe(count => count == 1);
    }

    [Theory, DatabaseData]
    public async Task Step_DoneBefore_DoesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new ScriptedStep();
        step.World["one"] = "intended";
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        step.Acts.ShouldNotContainKey("one");
    }

    [Theory, DatabaseData]
    public async Task Step_DoneDifferently_StopsForAHuman(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new ScriptedStep();
        step.World["two"] = "something else";
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var view = await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Failed);
        view.Current.Key.ShouldBe("two");
        view.Current.Status.ShouldBe(StepStatus.NeedsReconciliation);
        step.Acts.ShouldNotContainKey("two");
    }

    [Theory, DatabaseData]
    public async Task Answer_LostAfterSuccess_IsFoundOutInsteadOfRepeated(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new ScriptedStep { Answer = key => key == "two" ? new ActResult.AnswerLost(new StepError("lost", "Lost.", "Cut.", "Retry.")) : null };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        step.Acts["two"].ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task FailedStep_AfterRetry_GoesOn(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var broken = true;
        var step = new ScriptedStep { Answer = key => key == "two" && broken ? new ActResult.Failed(new StepError("no", "Refused.", "It said no.", "Retry.")) : null };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        var failed = await engine.WaitForAsync(release, ReleaseStatus.Failed);
        failed.Current.Error!.Why.ShouldBe("It said no.");
        broken = false;
        (await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "two", new Dictionary<string, string>(), null, CancellationToken.None)).IsDone.ShouldBeTrue();
        await engine.WaitForAsync(release, ReleaseStatus.Published);
    }

    [Theory, DatabaseData]
    public async Task FixAndResume_WithAnInput_UsesIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var broken = true;
        var step = new ScriptedStep { Answer = key => key == "two" && broken ? new ActResult.Failed(new StepError("no", "Refused.", "No.", "Fix.")) : null };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        await engine.WaitForAsync(release, ReleaseStatus.Failed);
        broken = false;
        await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "two", new Dictionary<string, string> { ["value"] = "corrected" }, null, CancellationToken.None);
        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);
        view.Steps.Single(one => one.Key == "two").Evidence!["value"].ShouldBe("corrected");
    }

    [Theory, DatabaseData]
    public async Task Step_AfterOneThatWasLeftOut_WaitsForThoseBefore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new ScriptedStep { Answer = key => key == "one" ? new ActResult.Failed(new StepError("no", "Refused.", "No.", "Fix.")) : null };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.MiddleLeftOut, step);
        var view = await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Failed);
        view.Steps.Select(one => one.Status).ShouldBe([StepStatus.Failed, StepStatus.Skipped, StepStatus.Pending]);
        step.Acts.ShouldNotContainKey("three");
    }

    [Theory, DatabaseData]
    public async Task Skip_OfARequiredStep_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new ScriptedStep { Answer = _ => new ActResult.Failed(new StepError("no", "Refused.", "No.", "Fix.")) };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        await engine.WaitForAsync(release, ReleaseStatus.Failed);
        var result = await engine.Get<SkipStep>().RunAsync(EngineHost.Maintainer, release, "one", "because", CancellationToken.None);
        result.Refusal.ShouldBe(Refusal.NotAllowed);
    }

    [Theory, DatabaseData]
    public async Task Abort_WhileAStepRuns_StopsItAndRefusesItsOutcome(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var begun = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        var step = new ScriptedStep
        {
            Before = async (key, token) =>
            {
                if (key != "two")
                    return;
                begun.SetResult();
                await using var registration = token.Register(() => stopped.SetResult());
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await engine.Get<AbortRelease>().RunAsync(EngineHost.Maintainer, release, "wrong branch", CancellationToken.None)).IsDone.ShouldBeTrue();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var view = await engine.WaitForAsync(release, ReleaseStatus.Aborted);
        view.Steps.Select(one => one.Status).ShouldBe([StepStatus.Succeeded, StepStatus.Cancelled, StepStatus.Cancelled]);
    }

    [Theory, DatabaseData]
    public async Task WaitingStep_HoldsNoWorkerAndIsLookedAtAgain(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var looks = 0;
        var step = new ScriptedStep
        {
            Sight = key => key == "two" && Interlocked.Increment(ref looks) < 4 ? new Observation.Waiting("checks run", TimeSpan.FromMilliseconds(20), Evidence.None) : null,
        };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);
        view.Steps.Single(one => one.Key == "two").Attempts.ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Approval_OfTheStarter_IsRefusedAndOfAReviewerCounts(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        const string playbook = """
            schema: 1
            name: test
            title: Test
            revision: 1
            stages:
              - id: only
                title: Only
                steps:
                  - id: approve
                    title: Approve
                    kind: approval
                    approval: { count: 1, role: reviewer, not_starter: true }
            """;
        await using var engine = await EngineHost.StartAsync(database.Options, playbook, new ScriptedStep());
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.NeedsPerson);
        var digest = view.Current.Approval!.EvidenceDigest;
        var decide = engine.Get<DecideApproval>();
        (await decide.RunAsync(EngineHost.Maintainer with { Roles = EngineHost.Reviewer.Roles }, release, "approve", Verdict.Approved, digest, null, CancellationToken.None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await decide.RunAsync(EngineHost.Reviewer, release, "approve", Verdict.Approved, "another digest", null, CancellationToken.None)).Refusal.ShouldBe(Refusal.Conflict);
        (await decide.RunAsync(EngineHost.Reviewer, release, "approve", Verdict.Approved, digest, null, CancellationToken.None)).IsDone.ShouldBeTrue();
        await engine.WaitForAsync(release, ReleaseStatus.Published);
    }
}
