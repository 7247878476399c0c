using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Steps.Versions;
using ReleaseDashboard.Infrastructure.Tests.Git;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

public sealed class GitCommitStepTests : StepFixture
{
    private GitCommitStep Step => new(Workspaces);

    private StepContext Context => Release.Build("git.commit", ("message", "Release 1.2.0"));

    [Fact]
    public async Task Commit_ChangedFile_IsCommittedByTheProjectsCommitter()
    {
        var commit = await CommittedAsync();

        var log = (await Session.Open(Repository).LogAsync(commit, null, 1, Stop).OkAsync()).Single();
        log.Subject.ShouldBe("Release 1.2.0");
        log.AuthorName.ShouldBe(Release.Settings.CommitterName);
        log.CommitDate.ShouldBe(Release.StartedAt);
        log.Parents.ShouldBe([Base]);
    }

    [Fact]
    public async Task Commit_Evidence_ShowsPathsAndDiff()
    {
        await UpdatedAsync();
        await DoneAsync(new VersionSetStep(Workspaces), SetContext());
        var evidence = await DoneAsync(Step, Context);
        evidence["changed"].ShouldBe("1 paths: hello_wrapper/config.py");
        evidence["parent"].ShouldBe(Base.Value);
        evidence["diff"]!.ShouldContain("+    version: str = \"1.2.0\"");
    }

    [Fact]
    public async Task Commit_AfterACrash_IsFoundAndGivesTheSameEvidence()
    {
        var commit = await CommittedAsync();
        var again = (await Step.ObserveAsync(Context, Stop)).ShouldBeOfType<Observation.Done>();
        again.Evidence["commit"].ShouldBe(commit.Value);
        again.Evidence["changed"].ShouldBe("1 paths: hello_wrapper/config.py");
    }

    [Fact]
    public async Task Commit_MadeAgainInAnotherWorkspace_HasTheSameSha()
    {
        var first = await CommittedAsync();
        Directory.Delete(Workspace, recursive: true);
        (await CommittedAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task Commit_NothingChanged_HandsOnTheHead()
    {
        await UpdatedAsync();
        var evidence = await DoneAsync(Step, Context);
        evidence["commit"].ShouldBe(Base.Value);
        evidence["changed"].ShouldBe("nothing to commit");
    }

    [Fact]
    public async Task Commit_LockLeftByAKilledGit_IsRemoved()
    {
        await UpdatedAsync();
        await DoneAsync(new VersionSetStep(Workspaces), SetContext());
        Put(Repository, ".git/index.lock", "");
        (await DoneAsync(Step, Context))["parent"].ShouldBe(Base.Value);
    }

    [Fact]
    public async Task Commit_WorkspaceGone_IsAnErrorAndNotAnEmptyRelease() =>
        await FailedAsync(Step, Context, "workspace-missing");

    [Fact]
    public async Task Commit_OnAnotherBranch_IsRefused()
    {
        await UpdatedAsync();
        await Session.Open(Repository).CheckoutDetachedAsync(Revision.Head, Stop).OkAsync();
        await FailedAsync(Step, Context, "wrong-branch");
    }
}
