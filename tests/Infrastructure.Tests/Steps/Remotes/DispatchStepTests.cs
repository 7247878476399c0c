using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Sandbox.Faults;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

public sealed class DispatchStepTests : WorkflowFixture
{
    private StepContext Context(string commit) => Release.Build(
        "github.dispatch",
        ("workflow", "migrate.yml"), ("repository", "example/tool"), ("branch", "main"), ("commit", commit), ("ref", Tag), ("inputs", $"tag={Tag}"));

    [Fact]
    public async Task Act_StartsOnceAndTheRunIsFollowed()
    {
        var commit = await PushWorkflowAsync();
        var context = Context(commit);
        (await Dispatch.ObserveAsync(context, Cancel)).ShouldBeOfType<Observation.NotDone>();

        var acted = (await Dispatch.ActAsync(context, Cancel)).ShouldBeOfType<ActResult.Acted>();
        var proof = Done(await Dispatch.VerifyAsync(context, acted.Evidence, Cancel));

        Done(await Dispatch.ObserveAsync(context, Cancel))["run"].ShouldBe(proof["run"]);
        var followed = Release.Build("github.workflow", ("workflow", "migrate.yml"), ("trigger", "dispatch"), ("run", proof["run"]!), ("ref", Tag), ("commit", commit));
        Done(await SettleAsync(Follow, followed))["run"].ShouldBe(proof["run"]);
        (await RunsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Act_AnswerLost_IsFoundInsteadOfRepeated()
    {
        var commit = await PushWorkflowAsync();
        var context = Context(commit);
        Fault(FaultKind.LostAnswer, "POST", "/api/v3/repos/example/tool/actions/workflows/**");

        (await Dispatch.ActAsync(context, Cancel)).ShouldBeOfType<ActResult.AnswerLost>();

        Done(await Dispatch.VerifyAsync(context, Evidence.None, Cancel))["run"].ShouldNotBeNull();
        (await RunsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Observe_StepBegunAnewByARetry_StillFindsWhatWasStarted()
    {
        var commit = await PushWorkflowAsync();
        await Dispatch.ActAsync(Context(commit), Cancel);
        Release.StepStartedAt = TimeProvider.System.GetUtcNow().AddHours(1);

        Done(await Dispatch.ObserveAsync(Context(commit), Cancel))["run"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Act_NoSuchWorkflow_SaysSo()
    {
        await PushWorkflowAsync();
        var other = Release.Build("github.dispatch", ("workflow", "gone.yml"), ("branch", "main"), ("ref", Tag));

        var acted = await Dispatch.ActAsync(other, Cancel);

        acted.ShouldBeOfType<ActResult.Failed>().Error.Code.ShouldBe("not-found");
    }

    private async Task<int> RunsAsync() => (await SendAsync(HttpMethod.Get, "actions/runs"))["total_count"]!.GetValue<int>();
}
