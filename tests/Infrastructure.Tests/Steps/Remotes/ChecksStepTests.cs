using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.GitHub;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.GitHub.Checks;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

public sealed class ChecksStepTests : RemoteFixture
{
    private static readonly CheckDefinition Green = new() { Name = "lint", QueuedMilliseconds = 0, RunMilliseconds = 0 };

    private ChecksStep Step => new(Access, TimeProvider.System);

    private StepContext Context(string number, string commit) => Release.Build("github.checks", ("commit", commit), ("pull_request", number));

    [Fact]
    public async Task Observe_WhileRunning_WaitsAndThenCountsThem()
    {
        var (number, head) = await OpenPullAsync(Green, new CheckDefinition { Name = "tests", QueuedMilliseconds = 200, RunMilliseconds = 600 });

        var waiting = (await Step.ObserveAsync(Context(number, head), Cancel)).ShouldBeOfType<Observation.Waiting>();
        waiting.LookAgainAfter.ShouldBe(TimeSpan.FromSeconds(2));
        waiting.Reason.ShouldContain("tests");
        var proof = Done(await SettleAsync(Step, Context(number, head)));

        proof["checks"].ShouldBe("2 of 2 passed");
        proof["passed"].ShouldBe("2");
        proof["check: tests"].ShouldBe("success");
    }

    [Fact]
    public async Task Observe_RedCheck_FailsWithItsNameLinesAndLink()
    {
        var (number, head) = await OpenPullAsync(
            Green, new CheckDefinition { Name = "tests", Outcome = "failure", QueuedMilliseconds = 0, RunMilliseconds = 0, Output = ["boom in test_x", "1 failed"] });

        var seen = (await SettleAsync(Step, Context(number, head))).ShouldBeOfType<Observation.Failed>();

        seen.Error.Code.ShouldBe("check-failed");
        seen.Error.What.ShouldBe("The check tests failed.");
        seen.Error.Lines.ShouldContain("boom in test_x");
        seen.Error.WhatToDo.ShouldContain("http://");
        seen.Evidence["checks"].ShouldBe("1 of 2 passed");
        seen.Evidence.Items.Single(item => item.Name == "check: tests").Url.ShouldNotBeNull();
    }

    [Fact]
    public async Task Observe_RedStatus_FailsWithItsDescription()
    {
        var (number, head) = await OpenPullAsync(Green);
        await SendAsync(HttpMethod.Post, $"statuses/{head}", new { state = "failure", context = "ci/old", description = "Broken pipe" });

        var error = Failed(await SettleAsync(Step, Context(number, head)));

        error.What.ShouldBe("The check ci/old failed.");
        error.Lines.ShouldBe(["Broken pipe"]);
    }

    [Fact]
    public async Task Observe_NoCommitGiven_FollowsTheHeadWhilePeopleRepairIt()
    {
        var (number, broken) = await OpenPullAsync(Green, new CheckDefinition { Name = "tests", Outcome = "failure", QueuedMilliseconds = 0, RunMilliseconds = 0 });
        var context = Release.Build("github.checks", ("pull_request", number));
        var red = (await SettleAsync(Step, context)).ShouldBeOfType<Observation.Failed>();
        red.Evidence["commit"].ShouldBe(broken);
        Sandbox.Checks.Replace([Green]);

        var repaired = await PushDevAsync("repair.txt", "fix: repair the tests");

        Done(await SettleAsync(Step, context))["commit"].ShouldBe(repaired);
    }

    [Fact]
    public async Task Observe_NothingGiven_Fails() =>
        Failed(await Step.ObserveAsync(Release.Build("github.checks"), Cancel)).Code.ShouldBe("bad-input");

    [Fact]
    public async Task Observe_HeadMoved_IsDifferent()
    {
        var (number, head) = await OpenPullAsync(Green);
        await PushDevAsync("late.txt", "Slip something in");

        (await Step.ObserveAsync(Context(number, head), Cancel)).ShouldBeOfType<Observation.Different>().Error.Code.ShouldBe("head-moved");
    }

    [Fact]
    public async Task Observe_NoChecks_PassesOnlyWhenNoneAreRequiredAndAfterTheGrace()
    {
        var (number, head) = await OpenPullAsync();

        (await Step.ObserveAsync(Context(number, head), Cancel)).ShouldBeOfType<Observation.Waiting>("checks are required");
        Release.Settings = Release.Settings with { RequireChecks = false };
        Done(await Step.ObserveAsync(Context(number, head), Cancel))["passed"].ShouldBe("0");
        Release.StartedAt = TimeProvider.System.GetUtcNow();
        (await Step.ObserveAsync(Context(number, head), Cancel)).ShouldBeOfType<Observation.Waiting>("they may be late");
    }

    [Fact]
    public async Task Observe_GitHubAway_WaitsInsteadOfFailing()
    {
        var (number, head) = await OpenPullAsync(Green);
        Fault(FaultKind.Drop, "GET", "/api/**", times: 100);

        (await Step.ObserveAsync(Context(number, head), Cancel)).ShouldBeOfType<Observation.Waiting>();
    }
}
