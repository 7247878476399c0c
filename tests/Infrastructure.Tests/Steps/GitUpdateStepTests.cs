using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Tests.Git;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

public sealed class GitUpdateStepTests : StepFixture
{
    private GitUpdateStep Step => new(Workspaces);

    [Fact]
    public async Task Update_FreshWorkspace_ClonesDevAndNamesBothBranches()
    {
        var evidence = await DoneAsync(Step, UpdateContext);

        evidence["commit"].ShouldBe(Base.Value);
        evidence["dev_after"].ShouldBe(Base.Value);
        evidence["main_after"].ShouldBe((await RemoteAsync(Main.Ref))!.Value);
        evidence["since_plan"].ShouldBeNull();
        Get("NEWS.md").ShouldBe("new\n");
        Release.Lines.ShouldContain(line => line.StartsWith("$ git clone", StringComparison.Ordinal));
        Release.Processes.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Update_UpToDateAlready_IsDoneWithoutActing()
    {
        await UpdatedAsync();
        (await Step.ObserveAsync(UpdateContext, Stop)).ShouldBeOfType<Observation.Done>();
    }

    [Fact]
    public async Task Update_RemoteMovedForward_FollowsAndSaysHowMuchCame()
    {
        await UpdatedAsync();
        var next = await OtherPushesAsync("NEWS.md", "newer\n");

        var evidence = await DoneAsync(Step, UpdateContext);

        evidence["dev_before"].ShouldBe(Base.Value);
        evidence["dev_after"].ShouldBe(next.Value);
        evidence["since_plan"]!.ShouldStartWith("1 new on the branch since the plan");
        Get("NEWS.md").ShouldBe("newer\n");
    }

    [Fact]
    public async Task Update_DirtyWorkTree_IsRefusedAndNamesThePaths()
    {
        await UpdatedAsync();
        Put(Repository, "NEWS.md", "mine\n");
        (await FailedAsync(Step, UpdateContext, "dirty")).Lines.ShouldHaveSingleItem().ShouldEndWith("NEWS.md");
        Get("NEWS.md").ShouldBe("mine\n");
    }

    [Fact]
    public async Task Update_LocalCommits_AreRefusedAsDiverged()
    {
        await UpdatedAsync();
        Put(Repository, "NEWS.md", "mine\n");
        var mine = await Session.Open(Repository).CommitAsync("Mine", Person, [], Stop).OkAsync();
        (await FailedAsync(Step, UpdateContext, "diverged")).Why.ShouldContain(mine.Abbreviated);
    }

    [Fact]
    public async Task Update_BranchRewrittenSinceThePlan_IsRefused()
    {
        var main = (await RemoteAsync(Main.Ref))!;
        await Other.PushAsync([new GitPush(main, Dev.Ref, Base, AllowRewrite: true)], Stop).OkAsync();
        await FailedAsync(Step, UpdateContext, "branch-rewritten");
    }

    [Fact]
    public async Task Update_NoSuchRepository_SaysSo()
    {
        Release.Settings = Release.Settings with { GitUrl = $"file://{Folder.At("nothing.git")}" };
        (await Step.RunForErrorAsync(UpdateContext, Stop)).Code.ShouldBe("repository-not-found");
    }

    [Fact]
    public async Task Update_CloneCutOff_IsClonedAnew()
    {
        Put(Repository + ".partial", "half", "x");
        await UpdatedAsync();
        Directory.Exists(Repository + ".partial").ShouldBeFalse();
    }
}

internal static class StepRuns
{
    public static async Task<StepError> RunForErrorAsync(this IStep step, StepContext context, CancellationToken cancellationToken) =>
        (await step.ActAsync(context, cancellationToken)).ShouldBeOfType<ActResult.Failed>().Error;
}
