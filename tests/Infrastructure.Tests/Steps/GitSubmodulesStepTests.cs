using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Tests.Git;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

public sealed class GitSubmodulesStepTests : StepFixture
{
    private GitSubmodulesStep Step => new(Workspaces);

    private StepContext Context => Release.Build("git.submodules", ("branch", "main"));

    /// <summary>A submodule pinned at its first commit, whose main has gone one further.</summary>
    private async Task<(CommitSha Pinned, CommitSha Head)> SubmoduleAsync()
    {
        var inner = await Session.InitAsync(Folder.At("images-seed"), Main, Stop).OkAsync();
        Put(inner.Path, "Dockerfile", "FROM scratch\n");
        var pinned = await inner.CommitAsync("Start", Person, [], Stop).OkAsync();
        await Session.CloneAsync(RemoteUrl.Parse($"file://{inner.Path}", allowFile: true), Folder.At("images.git"), null, Stop, bare: true).OkAsync();
        var added = await Other.RunAsync(new GitCommand("submodule", "add", "--quiet", "../images.git", "images"), Stop);
        added.Error.ShouldBeNull();
        Base = await OtherPushesAsync("NEWS.md", "with images\n");
        Release.BaseCommit = Base.Value;

        var elsewhere = await Session.CloneAsync(RemoteUrl.Parse($"file://{Folder.At("images.git")}", allowFile: true), Folder.At("images"), Main, Stop).OkAsync();
        Put(elsewhere.Path, "Dockerfile", "FROM scratch\nLABEL a=b\n");
        var head = await elsewhere.CommitAsync("Label", Person, [], Stop).OkAsync();
        await elsewhere.PushAsync([new GitPush(head, Main.Ref, pinned)], Stop).OkAsync();
        return (pinned, head);
    }

    [Fact]
    public async Task Submodules_ReleaseBranchMovedOn_AreCheckedOutThereAndPinnedByTheCommit()
    {
        var (pinned, head) = await SubmoduleAsync();
        await UpdatedAsync();

        var evidence = await DoneAsync(Step, Context);

        evidence["images"].ShouldBe($"{pinned} → {head} (head of main, 1 new commits)");
        evidence["pins"].ShouldBe($"images={head}");
        evidence["changed"].ShouldBe("1");
        (await Step.ObserveAsync(Context, Stop)).ShouldBeOfType<Observation.Done>().Evidence.ShouldBe(evidence);
        var commit = await DoneAsync(new GitCommitStep(Workspaces), Release.Build("git.commit", ("message", "Release 1.2.0")));
        var clone = Session.Open(Repository);
        (await clone.SubmodulesAsync(CommitSha.Parse(commit["commit"]!), Stop).OkAsync()).Single().Pinned.ShouldBe(head);
    }

    [Fact]
    public async Task Submodules_NoneThere_IsDone()
    {
        await UpdatedAsync();
        (await DoneAsync(Step, Context))["pins"].ShouldBe("none");
    }

    [Fact]
    public async Task Submodules_UnknownPathOrBranch_IsAClearError()
    {
        await SubmoduleAsync();
        await UpdatedAsync();
        Release.Settings = Release.Settings with { Submodules = [new SubmoduleBranch("nowhere", "main")] };
        (await FailedAsync(Step, Context, "no-submodule")).What.ShouldContain("nowhere");
        Release.Settings = Release.Settings with { Submodules = [new SubmoduleBranch("images", "release")] };
        (await FailedAsync(Step, Context, "ref-not-found")).What.ShouldContain("release");
    }
}
