using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.GitHub;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

public sealed class ReviewAndMergeStepTests : RemoteFixture
{
    private ReviewStep Review => new(Access);

    private MergeStep Merge => new(Access);

    private StepContext Reviewing(string number, string commit) => Release.Build("github.review", ("pull_request", number), ("commit", commit));

    private StepContext Merging(string number, string commit) => Release.Build("github.merge", ("pull_request", number), ("commit", commit), ("method", "merge"));

    private Task ReviewAsync(string number, string word, Persona who, string? text = null) =>
        SendAsync(HttpMethod.Post, $"pulls/{number}/reviews", new { @event = word, body = text }, who);

    [Fact]
    public async Task Review_OfTheCurrentHead_IsDoneAndNamesTheReviewer()
    {
        var (number, head) = await OpenPullAsync();
        (await Review.ObserveAsync(Reviewing(number, head), Cancel)).ShouldBeOfType<Observation.Waiting>();
        await ReviewAsync(number, "APPROVE", Personas.Reviewer);

        Done(await Review.ObserveAsync(Reviewing(number, head), Cancel))["reviewed_by"].ShouldBe("reviewer");
    }

    [Fact]
    public async Task Review_OfAnOlderHead_DoesNotCount()
    {
        var (number, _) = await OpenPullAsync();
        await ReviewAsync(number, "APPROVE", Personas.Reviewer);
        var late = await PushDevAsync("late.txt", "Slip something in");

        (await Review.ObserveAsync(Reviewing(number, late), Cancel)).ShouldBeOfType<Observation.Waiting>();
    }

    [Fact]
    public async Task Review_ByWhoeverStartedTheRelease_DoesNotCount()
    {
        var (number, head) = await OpenPullAsync();
        Personas.ByLogin(Release.Facts.StartedBy).ShouldBeNull("the builder's starter must be nobody of the sandbox");
        await ReviewAsync(number, "APPROVE", Personas.Lead);
        var context = Reviewing(number, head);

        Done(await Review.ObserveAsync(context, Cancel));
        (await Review.ObserveAsync(StartedBy(context, "Lead"), Cancel)).ShouldBeOfType<Observation.Waiting>();
    }

    [Fact]
    public async Task Review_ChangesRequested_FailsWithTheWordsUntilTakenBack()
    {
        var (number, head) = await OpenPullAsync();
        await ReviewAsync(number, "APPROVE", Personas.Lead);
        await ReviewAsync(number, "REQUEST_CHANGES", Personas.Reviewer, "The README lies.");

        var error = Failed(await Review.ObserveAsync(Reviewing(number, head), Cancel));
        await ReviewAsync(number, "APPROVE", Personas.Reviewer);

        error.What.ShouldBe("reviewer asks for changes.");
        error.Why.ShouldBe("The README lies.");
        Done(await Review.ObserveAsync(Reviewing(number, head), Cancel))["reviewed_by"].ShouldBe("lead, reviewer");
    }

    [Fact]
    public async Task Merge_Mergeable_MakesACommitWithOurHeadAsSecondParent()
    {
        var (number, head) = await OpenPullAsync();

        var commit = Done(await Merge.RunAsync(Merging(number, head), Cancel))["commit"]!;

        await GitAsync("fetch", "--quiet", "origin");
        (await GitAsync("rev-parse", "origin/main")).ShouldBe(commit);
        (await GitAsync("rev-parse", $"{commit}^2")).ShouldBe(head);
        (await GitAsync("log", "-1", "--format=%s", commit)).ShouldBe("Release 1.2.0 (#1)");
        Done(await Merge.RunAsync(Merging(number, head), Cancel))["commit"].ShouldBe(commit);
        Effects("pull.merge").ShouldBe(1);
    }

    [Theory]
    [InlineData("# All new\r\n\r\n- faster\r\n", "# All new\n\n- faster")]
    [InlineData("", "Release 1.2.0")]
    public async Task Merge_DescriptionEditedMeanwhile_IsHandedOnAsItIsInTheEnd(string body, string description)
    {
        var (number, head) = await OpenPullAsync();
        await SendAsync(HttpMethod.Patch, $"pulls/{number}", new { body });

        Done(await Merge.RunAsync(Merging(number, head), Cancel))["description"].ShouldBe(description);
    }

    [Fact]
    public async Task Merge_AnswerLost_IsFoundByLooking()
    {
        var (number, head) = await OpenPullAsync();
        Fault(FaultKind.LostAnswer, "PUT", "/api/v3/repos/example/tool/pulls/*/merge");

        Done(await Merge.RunAsync(Merging(number, head), Cancel))["commit"].ShouldNotBeNull();

        Effects("pull.merge").ShouldBe(1);
    }

    [Fact]
    public async Task Merge_HeadMoved_IsDifferentAndMergesNothing()
    {
        var (number, head) = await OpenPullAsync();
        await PushDevAsync("late.txt", "Slip something in");

        (await Merge.RunAsync(Merging(number, head), Cancel)).ShouldBeOfType<Observation.Different>().Error.Code.ShouldBe("head-moved");
        (await Merge.ActAsync(Merging(number, head), Cancel)).ShouldBeOfType<ActResult.Failed>().Error.Code.ShouldBe("head-moved");

        Effects("pull.merge").ShouldBe(0);
    }

    [Fact]
    public async Task Merge_SquashedByHand_IsDifferent()
    {
        var (number, head) = await OpenPullAsync();
        await SendAsync(HttpMethod.Put, $"pulls/{number}/merge", new { merge_method = "squash" });

        (await Merge.RunAsync(Merging(number, head), Cancel)).ShouldBeOfType<Observation.Different>().Error.Code.ShouldBe("merged-otherwise");
    }

    [Fact]
    public async Task Merge_Conflict_FailsAndSaysWhy()
    {
        var (number, head) = await OpenPullAsync();
        await GitAsync("checkout", "--quiet", "main");
        await CommitAsync("feature.txt", "something else\n", "Add the same file");
        await GitAsync("push", "--quiet", "origin", "main");

        var error = Failed(await Merge.RunAsync(Merging(number, head), Cancel));

        error.Code.ShouldBe("not-mergeable");
        error.Why.ShouldBe("dev and main changed the same lines.");
    }

    private static StepContext StartedBy(StepContext context, string name) => new()
    {
        Facts = context.Facts with { StartedBy = name },
        Definition = context.Definition,
        Inputs = context.Inputs,
        Outputs = context.Outputs,
        IdempotencyKey = context.IdempotencyKey,
        Workspace = context.Workspace,
        Artifacts = context.Artifacts,
        Log = context.Log,
        Secrets = context.Secrets,
        Ticks = [],
        Decisions = [],
        TrackProcess = context.TrackProcess,
        StepStartedAt = context.StepStartedAt,
    };
}
