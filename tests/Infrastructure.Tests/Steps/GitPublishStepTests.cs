using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Steps.Versions;
using ReleaseDashboard.Infrastructure.Tests.Git;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

/// <summary>Push, tag, fast-forward and next version: the steps that change the remote.</summary>
public sealed class GitPublishStepTests : StepFixture
{
    private static readonly RefName Tag = TagName.Parse("1.2.0").Ref;

    private StepContext Push(CommitSha commit) => Release.Build("git.push", ("branch", "dev"), ("commit", commit.Value));

    private StepContext TagOn(CommitSha commit) =>
        Release.Build("git.tag", ("name", "1.2.0"), ("commit", commit.Value), ("message", "Release 1.2.0"));

    private StepContext Forward(CommitSha from, CommitSha to) =>
        Release.Build("git.fast_forward", ("branch", "dev"), ("from", from.Value), ("to", to.Value), ("same_as", "main"));

    private StepContext Next(CommitSha from) => Release.Build(
        "version.next", ("branch", "dev"), ("from", from.Value), ("version", "1.2.1b1"), ("file", "hello_wrapper/config.py"),
        ("constant", "version"), ("message", "Start 1.2.1b1"));

    /// <summary>Pushed, then merged into main with a merge commit, as the host does it.</summary>
    private async Task<(CommitSha Pushed, CommitSha Merged)> MergedAsync()
    {
        var commit = await CommittedAsync();
        await DoneAsync(new GitPushStep(Workspaces), Push(commit));
        await Other.FetchAsync(Stop).OkAsync();
        await Other.CheckoutAsync(Main, Stop).OkAsync();
        var before = await Other.ResolveAsync(Revision.Head, Stop).OkAsync();
        var merged = await Other.MergeAsync(commit, "Merge\n", Person, Stop).OkAsync();
        await Other.PushAsync([new GitPush(merged, Main.Ref, before)], Stop).OkAsync();
        return (commit, merged);
    }

    [Fact]
    public async Task Push_NewCommit_MovesTheBranchAndIsANoOpAfterwards()
    {
        var commit = await CommittedAsync();
        (await DoneAsync(new GitPushStep(Workspaces), Push(commit)))["commit"].ShouldBe(commit.Value);
        (await RemoteAsync(Dev.Ref)).ShouldBe(commit);
        (await new GitPushStep(Workspaces).ObserveAsync(Push(commit), Stop)).ShouldBeOfType<Observation.Done>();
    }

    [Fact]
    public async Task Push_RemoteMoved_StopsForAPersonAndLeavesIt()
    {
        var commit = await CommittedAsync();
        var theirs = await OtherPushesAsync("NEWS.md", "newer\n");
        await DifferentAsync(new GitPushStep(Workspaces), Push(commit), "remote-moved");
        (await RemoteAsync(Dev.Ref)).ShouldBe(theirs);
    }

    [Fact]
    public async Task Push_RemoteMovesAfterLooking_IsRefusedByTheLease()
    {
        var commit = await CommittedAsync();
        var theirs = await OtherPushesAsync("NEWS.md", "newer\n");
        // What was observed is out of date here: only the lease protects.
        var acted = await new GitPushStep(Workspaces).ActAsync(Push(commit), Stop);
        // git may have sent the push twice, so the branch is looked at before anybody is blamed.
        acted.ShouldBeOfType<ActResult.AnswerLost>().Error.Code.ShouldBe("remote-moved");
        (await new GitPushStep(Workspaces).ObserveAsync(Push(commit), Stop)).ShouldBeOfType<Observation.Different>().Error.Code.ShouldBe("remote-moved");
        (await RemoteAsync(Dev.Ref)).ShouldBe(theirs);
    }

    [Fact]
    public async Task Push_NoCommitInTheInput_SaysWhich()
    {
        await UpdatedAsync();
        var context = Release.Build("git.push", ("branch", "dev"), ("commit", "HEAD"));
        (await FailedAsync(new GitPushStep(Workspaces), context, "bad-input")).What.ShouldContain("commit");
    }

    [Fact]
    public async Task Tag_NotThere_IsAnnotatedOnTheCommit()
    {
        var (_, merged) = await MergedAsync();
        var evidence = await DoneAsync(new GitTagStep(Workspaces), TagOn(merged));
        evidence["commit"].ShouldBe(merged.Value);
        evidence["object"].ShouldNotBe(merged.Value);
        (await RemoteAsync(Tag)).ShouldBe(merged);
    }

    [Fact]
    public async Task Tag_MadeInAnAttemptThatDied_IsMadeAgainTheSame()
    {
        var (_, merged) = await MergedAsync();
        // The tag was made here and never pushed.
        var clone = Session.Open(Repository);
        await clone.FetchAsync(Stop).OkAsync();
        await clone.LightTagAsync(TagName.Parse("1.2.0"), merged, Stop).OkAsync();
        var first = (await DoneAsync(new GitTagStep(Workspaces), TagOn(merged)))["object"];
        (await DoneAsync(new GitTagStep(Workspaces), TagOn(merged)))["object"].ShouldBe(first);
    }

    [Fact]
    public async Task Tag_OnAnotherCommit_IsNeverMoved()
    {
        var (pushed, merged) = await MergedAsync();
        await DoneAsync(new GitTagStep(Workspaces), TagOn(pushed));
        await DifferentAsync(new GitTagStep(Workspaces), TagOn(merged), "tag-elsewhere");
        (await new GitTagStep(Workspaces).ActAsync(TagOn(merged), Stop)).ShouldBeOfType<ActResult.AnswerLost>();
        (await RemoteAsync(Tag)).ShouldBe(pushed);
    }

    [Fact]
    public async Task FastForward_AfterTheMerge_ProvesBothBranchesEqual()
    {
        var (pushed, merged) = await MergedAsync();
        var evidence = await DoneAsync(new GitFastForwardStep(Workspaces), Forward(pushed, merged));
        evidence["branch_commit"].ShouldBe(merged.Value);
        evidence["same_as_commit"].ShouldBe(merged.Value);
        evidence["commit"].ShouldBe(merged.Value);
        (await RemoteAsync(Dev.Ref)).ShouldBe(merged);
        (await new GitFastForwardStep(Workspaces).ObserveAsync(Forward(pushed, merged), Stop)).ShouldBeOfType<Observation.Done>();
    }

    [Fact]
    public async Task FastForward_SomebodyPushedToDev_StopsForAPerson()
    {
        var (pushed, merged) = await MergedAsync();
        await Other.CheckoutAsync(Dev, Stop).OkAsync();
        var theirs = await OtherPushesAsync("NEWS.md", "newer\n");
        await DifferentAsync(new GitFastForwardStep(Workspaces), Forward(pushed, merged), "remote-moved");
        (await RemoteAsync(Dev.Ref)).ShouldBe(theirs);
    }

    [Fact]
    public async Task VersionNext_AfterTheFastForward_IsOneCommitOnTheMerge()
    {
        var (pushed, merged) = await MergedAsync();
        await DoneAsync(new GitFastForwardStep(Workspaces), Forward(pushed, merged));

        var evidence = await DoneAsync(new VersionNextStep(Workspaces), Next(merged));

        var head = (await RemoteAsync(Dev.Ref))!;
        evidence["commit"].ShouldBe(head.Value);
        evidence["parent"].ShouldBe(merged.Value);
        await Other.FetchAsync(Stop).OkAsync();
        (await Other.ReadFileAsync(head, "hello_wrapper/config.py", Stop).OkAsync())!.ShouldContain("version: str = \"1.2.1b1\"");
        (await new VersionNextStep(Workspaces).ObserveAsync(Next(merged), Stop)).ShouldBeOfType<Observation.Done>().Evidence.ShouldBe(evidence);
    }

    [Fact]
    public async Task VersionNext_WorkspaceLostInBetween_MakesTheSameCommit()
    {
        var (pushed, merged) = await MergedAsync();
        await DoneAsync(new GitFastForwardStep(Workspaces), Forward(pushed, merged));
        var first = (await DoneAsync(new VersionNextStep(Workspaces), Next(merged)))["commit"];
        await Other.FetchAsync(Stop).OkAsync();
        await Other.PushAsync([new GitPush(merged, Dev.Ref, CommitSha.Parse(first!), AllowRewrite: true)], Stop).OkAsync();
        Directory.Delete(Workspace, recursive: true);
        (await DoneAsync(new VersionNextStep(Workspaces), Next(merged)))["commit"].ShouldBe(first);
    }

    [Fact]
    public async Task VersionNext_SomebodyPushed_StopsForAPerson()
    {
        var (pushed, merged) = await MergedAsync();
        await DoneAsync(new GitFastForwardStep(Workspaces), Forward(pushed, merged));
        await Other.CheckoutAsync(Dev, Stop).OkAsync();
        await OtherPushesAsync("NEWS.md", "newer\n");
        await DifferentAsync(new VersionNextStep(Workspaces), Next(merged), "remote-moved");
    }
}
