using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Steps.Versions;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

public sealed class LostWorkspaceTests : StepFixture
{
    private GitCommitStep Commit => new(Workspaces);

    private StepContext CommitContext => Release.Build("git.commit", ("message", "Release 1.2.0"));

    private StepContext UpdatesContext => Release.Build("git.commit", ("message", "Expect 1.2.1 after the release"));

    private StepContext MoveContext => Release.Build("version.move_tests", ("version", "1.2.1"), ("mode", "next"));

    private void Lose() => Directory.Delete(Workspace, recursive: true);

    /// <summary>Updated, version set, committed, the tests' version moved but not committed; all recorded.</summary>
    private async Task<Evidence> WorkedAsync()
    {
        await UpdatedAsync();
        Release.Proved("set-version", await DoneAsync(new VersionSetStep(Workspaces), SetContext()));
        var commit = await DoneAsync(Commit, CommitContext);
        Release.Proved("commit", commit);
        Release.Proved("move-tests", await DoneAsync(new VersionMoveTestsStep(Workspaces), MoveContext));
        return commit;
    }

    [Fact]
    public async Task Workspace_LostBeforeTheCommit_IsMadeAgainWithTheVersionInIt()
    {
        await UpdatedAsync();
        Release.Proved("set-version", await DoneAsync(new VersionSetStep(Workspaces), SetContext()));
        Lose();

        var commit = await DoneAsync(Commit, CommitContext);

        commit["parent"].ShouldBe(Base.Value);
        commit["changed"].ShouldBe("1 paths: hello_wrapper/config.py");
        Release.Lines.ShouldContain("The workspace is as it was.");
    }

    [Fact]
    public async Task Workspace_LostAfterTheCommit_HasTheSameCommitsThoughTheBranchMovedOn()
    {
        var commit = await WorkedAsync();
        var updates = await DoneAsync(Commit, UpdatesContext);
        Lose();
        await OtherPushesAsync("NEWS.md", "newer\n");

        var again = await DoneAsync(Commit, UpdatesContext);

        again["commit"].ShouldBe(updates["commit"]);
        again["parent"].ShouldBe(commit["commit"]);
    }

    [Fact]
    public async Task Workspace_ThatComesOutDifferent_IsAnErrorAndNotTaken()
    {
        var commit = await WorkedAsync();
        Release.Proved("commit", commit.With(new EvidenceItem("commit", EvidenceKind.Commit, new string('a', 40))));
        Lose();

        var error = await FailedAsync(Commit, UpdatesContext, "workspace-missing");

        error.Why.ShouldContain(new string('a', 40));
        error.WhatToDo.ShouldContain("abort and start again");
        Directory.Exists(Repository).ShouldBeFalse();
    }

    [Fact]
    public async Task Workspace_WhoseEditWasRecordedDifferently_IsAnError()
    {
        await UpdatedAsync();
        var set = await DoneAsync(new VersionSetStep(Workspaces), SetContext());
        Release.Proved("set-version", set.With(new EvidenceItem("after", EvidenceKind.Text, "6.6.6")));
        Lose();

        (await FailedAsync(Commit, CommitContext, "workspace-missing")).Why.ShouldContain("came out different");
    }
}
