using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Running;

public sealed class StepProtocolTests : IDisposable
{
    private const string ThreeSteps = """
        schema: 1
        name: test
        title: Test
        revision: 1
        stages:
          - id: only
            title: Only
            steps:
              - id: one
                title: One
                kind: test.scripted
              - id: two
                title: Two
                kind: test.scripted
                optional: true
              - id: three
                title: Three
                kind: test.scripted
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("ledger-").FullName;

    private DatabaseOptions Database => new() { SqliteFile = Path.Combine(folder, "ledger.db") };

    [Fact]
    public async Task Release_OfWorkingSteps_IsPublished()
    {
        var step = new ScriptedStep();
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);
        view.Steps.ShouldAllBe(one => one.Status == StepStatus.Succeeded && one.Evidence!["value"] == "intended");
        step.Acts.Values.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task Step_DoneBefore_DoesNothing()
    {
        var step = new ScriptedStep();
        step.World["one"] = "intended";
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        step.Acts.ShouldNotContainKey("one");
    }

    [Fact]
    public async Task Step_DoneDifferently_StopsForAHuman()
    {
        var step = new ScriptedStep();
        step.World["two"] = "something else";
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        var view = await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Failed);
        view.Current.Key.ShouldBe("two");
        view.Current.Status.ShouldBe(StepStatus.NeedsReconciliation);
        step.Acts.ShouldNotContainKey("two");
    }

    [Fact]
    public async Task Answer_LostAfterSuccess_IsFoundOutInsteadOfRepeated()
    {
        var step = new ScriptedStep { Answer = key => key == "two" ? new ActResult.AnswerLost(new StepError("lost", "Lost.", "Cut.", "Retry.")) : null };
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        step.Acts["two"].ShouldBe(1);
    }

    [Fact]
    public async Task FailedStep_AfterRetry_GoesOn()
    {
        var broken = true;
        var step = new ScriptedStep { Answer = key => key == "two" && broken ? new ActResult.Failed(new StepError("no", "Refused.", "It said no.", "Retry.")) : null };
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        var failed = await engine.WaitForAsync(release, ReleaseStatus.Failed);
        failed.Current.Error!.Why.ShouldBe("It said no.");
        broken = false;
        (await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "two", new Dictionary<string, string>(), null, CancellationToken.None)).IsDone.ShouldBeTrue();
        await engine.WaitForAsync(release, ReleaseStatus.Published);
    }

    [Fact]
    public async Task FixAndResume_WithAnInput_UsesIt()
    {
        var broken = true;
        var step = new ScriptedStep { Answer = key => key == "two" && broken ? new ActResult.Failed(new StepError("no", "Refused.", "No.", "Fix.")) : null };
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        await engine.WaitForAsync(release, ReleaseStatus.Failed);
        broken = false;
        await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "two", new Dictionary<string, string> { ["value"] = "corrected" }, null, CancellationToken.None);
        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);
        view.Steps.Single(one => one.Key == "two").Evidence!["value"].ShouldBe("corrected");
    }

    [Fact]
    public async Task Skip_OfARequiredStep_IsRefused()
    {
        var step = new ScriptedStep { Answer = _ => new ActResult.Failed(new StepError("no", "Refused.", "No.", "Fix.")) };
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        await engine.WaitForAsync(release, ReleaseStatus.Failed);
        var result = await engine.Get<SkipStep>().RunAsync(EngineHost.Maintainer, release, "one", "because", CancellationToken.None);
        result.Refusal.ShouldBe(Refusal.NotAllowed);
    }

    [Fact]
    public async Task Abort_WhileAStepRuns_StopsItAndRefusesItsOutcome()
    {
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
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await engine.Get<AbortRelease>().RunAsync(EngineHost.Maintainer, release, "wrong branch", CancellationToken.None)).IsDone.ShouldBeTrue();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var view = await engine.WaitForAsync(release, ReleaseStatus.Aborted);
        view.Steps.Select(one => one.Status).ShouldBe([StepStatus.Succeeded, StepStatus.Cancelled, StepStatus.Cancelled]);
    }

    [Fact]
    public async Task WaitingStep_HoldsNoWorkerAndIsLookedAtAgain()
    {
        var looks = 0;
        var step = new ScriptedStep
        {
            Sight = key => key == "two" && Interlocked.Increment(ref looks) < 4 ? new Observation.Waiting("checks run", TimeSpan.FromMilliseconds(20), Evidence.None) : null,
        };
        await using var engine = await EngineHost.StartAsync(Database, ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.Published);
        view.Steps.Single(one => one.Key == "two").Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Approval_OfTheStarter_IsRefusedAndOfAReviewerCounts()
    {
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
        await using var engine = await EngineHost.StartAsync(Database, playbook, new ScriptedStep());
        var release = await engine.StartReleaseAsync();
        var view = await engine.WaitForAsync(release, ReleaseStatus.NeedsPerson);
        var digest = view.Current.Approval!.EvidenceDigest;
        var decide = engine.Get<DecideApproval>();
        (await decide.RunAsync(EngineHost.Maintainer with { Roles = EngineHost.Reviewer.Roles }, release, "approve", Verdict.Approved, digest, null, CancellationToken.None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await decide.RunAsync(EngineHost.Reviewer, release, "approve", Verdict.Approved, "another digest", null, CancellationToken.None)).Refusal.ShouldBe(Refusal.Conflict);
        (await decide.RunAsync(EngineHost.Reviewer, release, "approve", Verdict.Approved, digest, null, CancellationToken.None)).IsDone.ShouldBeTrue();
        await engine.WaitForAsync(release, ReleaseStatus.Published);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
