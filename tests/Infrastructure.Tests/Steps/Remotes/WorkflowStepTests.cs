using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

public sealed class WorkflowStepTests : WorkflowFixture
{
    private StepContext Context(string commit, params (string, string)[] more) =>
        Release.Build("github.workflow", [("workflow", "migrate.yml"), ("commit", commit), ("ref", Tag), .. more]);

    [Fact]
    public async Task Observe_RunOfTheTag_IsFollowedToItsEnd()
    {
        var commit = await PushWorkflowAsync();
        (await Follow.ObserveAsync(Context(commit), Cancel)).ShouldBeOfType<Observation.Waiting>().Reason.ShouldBe("No run of migrate.yml has started yet");
        Sandbox.Workflows.Replace([new WorkflowRule { RunMilliseconds = 1500 }]);
        await PushTagAsync();

        var waiting = await WaitForAsync(Context(commit), "0 of 2 jobs done, running first");
        waiting.Evidence["job: first"].ShouldBe("in progress");
        var proof = Done(await SettleAsync(Follow, Context(commit)));

        proof["head"].ShouldBe(commit);
        proof["job: first"].ShouldBe("success");
        proof["job: second"].ShouldBe("success");
        proof["url"].ShouldStartWith("http://");
    }

    [Fact]
    public async Task Observe_RedJob_NamesItItsStepAndTheLastLines_AndARerunIsFollowed()
    {
        var commit = await PushWorkflowAsync();
        Sandbox.Workflows.Replace([new WorkflowRule { Job = "second", Outcome = "failure", Output = ["copying", "denied: quota"], Times = 1 }]);
        await PushTagAsync();

        var seen = (await SettleAsync(Follow, Context(commit))).ShouldBeOfType<Observation.Failed>();

        seen.Error.Code.ShouldBe("workflow-failed");
        seen.Error.What.ShouldBe("The job second of migrate ended as failure.");
        seen.Error.Why.ShouldBe("Its step Copy did not pass.");
        seen.Error.Lines.ShouldContain(line => line.Contains("denied: quota", StringComparison.Ordinal));
        seen.Evidence["job: second"].ShouldBe("failure");
        await SendAsync(HttpMethod.Post, $"actions/runs/{seen.Evidence["run"]}/rerun-failed-jobs", new { });
        Done(await SettleAsync(Follow, Context(commit)))["job: second"].ShouldBe("success");
    }

    [Fact]
    public async Task Observe_TagOfAnotherCommit_IsNoProof()
    {
        var commit = await PushWorkflowAsync();
        await CommitAsync("later.txt", "later\n", "Later");
        await PushTagAsync();

        (await Follow.ObserveAsync(Context(commit), Cancel)).ShouldBeOfType<Observation.Waiting>();
        var late = new WorkflowStep(Access, TimeProvider.System) { Grace = TimeSpan.Zero };
        Failed(await late.ObserveAsync(Context(commit), Cancel)).Code.ShouldBe("no-run");
    }

    [Fact]
    public async Task Observe_RedRunThatWasRepairedAndStartedByHand_FollowsTheNewOne()
    {
        var commit = await PushWorkflowAsync();
        Sandbox.Workflows.Replace([new WorkflowRule { Job = "second", Outcome = "failure", Times = 1 }]);
        await PushTagAsync();
        var red = (await SettleAsync(Follow, Context(commit))).ShouldBeOfType<Observation.Failed>();
        red.Error.WhatToDo.ShouldContain("start it there by hand with the same tag, then retry");

        await SendAsync(HttpMethod.Post, "actions/workflows/migrate.yml/dispatches", new { @ref = "main", inputs = new { tag = "1.2.0b1" }, return_run_details = true });
        (await SettleAsync(Follow, Context(commit))).ShouldBeOfType<Observation.Failed>().Evidence["run"].ShouldBe(red.Evidence["run"]);
        await SendAsync(HttpMethod.Post, "actions/workflows/migrate.yml/dispatches", new { @ref = "main", inputs = new { tag = Tag }, return_run_details = true });

        Done(await SettleAsync(Follow, Context(commit)))["run"].ShouldNotBe(red.Evidence["run"]);
        Done(await SettleAsync(Follow, Context(commit, ("run", red.Evidence["run"]!))))["run"].ShouldNotBe(red.Evidence["run"]);
    }

    [Fact]
    public async Task Observe_WorkflowThatDoesNotStart_SaysSoAfterItsTimeAndFindsOneStartedByHand()
    {
        var commit = await PushWorkflowAsync();
        var late = new WorkflowStep(Access, TimeProvider.System) { Grace = TimeSpan.FromMinutes(2) };

        var error = Failed(await late.ObserveAsync(Context(commit), Cancel));

        error.Code.ShouldBe("no-run");
        error.What.ShouldBe("No run of migrate.yml has started in example/tool within 2 min.");
        error.WhatToDo.ShouldContain("Start the workflow there for 1.2.0 or repair it, then retry");
        await SendAsync(HttpMethod.Post, "actions/workflows/migrate.yml/dispatches", new { @ref = "main", inputs = new { tag = Tag }, return_run_details = true });
        Done(await SettleAsync(late, Context(commit)))["job: second"].ShouldBe("success");
    }

    [Theory]
    [InlineData("../migrate.yml")]
    [InlineData("..")]
    public async Task Observe_WorkflowThatIsAPath_IsRefused(string workflow) =>
        Failed(await Follow.ObserveAsync(Release.Build("github.workflow", ("workflow", workflow)), Cancel)).Code.ShouldBe("bad-workflow");

    private async Task<Observation.Waiting> WaitForAsync(StepContext context, string reason)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await Follow.ObserveAsync(context, deadline.Token) is Observation.Waiting waiting && waiting.Reason.StartsWith(reason, StringComparison.Ordinal))
                return waiting;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
