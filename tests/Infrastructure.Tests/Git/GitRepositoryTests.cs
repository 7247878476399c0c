using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Processes;

namespace ReleaseDashboard.Infrastructure.Tests.Git;

public sealed class GitRepositoryTests : GitFixture
{
    [Fact]
    public async Task Commit_SameContentAndPerson_GivesTheSameSha()
    {
        var other = await CloneAsync("other");

        var one = await CommitAsync(Work, "a.txt", "text\n", "Add a\n\nWith a body.\n");
        var two = await CommitAsync(other, "a.txt", "text\n", "Add a\n\nWith a body.\n");

        one.ShouldBe(two);
        var commit = (await Work.LogAsync(Revision.Head, null, 1, Stop).OkAsync()).Single();
        commit.ShouldBe(new GitCommit(one, commit.Parents, "Release Bot", "bot@example.org", Person.When, Person.When, "Add a"));
        commit.Parents.ShouldBe([First]);
    }

    [Fact]
    public async Task Commit_NothingChanged_SaysSo() =>
        await Work.CommitAsync("Nothing", Person, [], Stop).FailedAsync(GitFailure.NothingToCommit);

    [Fact]
    public async Task Commit_OnlySomePaths_LeavesTheRest()
    {
        await File.WriteAllTextAsync(Path.Combine(Work.Path, "a.txt"), "a", Stop);
        await File.WriteAllTextAsync(Path.Combine(Work.Path, "--all"), "b", Stop);

        await Work.CommitAsync("Odd name", Person, ["--all"], Stop).OkAsync();

        var status = await Work.StatusAsync(Stop).OkAsync();
        status.Entries.ShouldBe([new GitStatusEntry("??", "a.txt")]);
        (status.Branch, status.Ahead, status.Behind, status.Upstream).ShouldBe((Main, 1, 0, "origin/main"));
    }

    [Fact]
    public async Task Status_ChangedRenamedUntracked_AreTold()
    {
        await CommitAsync(Work, "old name.txt", "some text that is long enough to be recognised\n");
        File.Move(Path.Combine(Work.Path, "old name.txt"), Path.Combine(Work.Path, "new name.txt"));
        await Work.RunAsync(new GitCommand("add", "--all"), Stop).OkAsync();
        await File.WriteAllTextAsync(Path.Combine(Work.Path, "README.md"), "changed", Stop);
        await File.WriteAllTextAsync(Path.Combine(Work.Path, "neu ü.txt"), "new", Stop);

        var status = await Work.StatusAsync(Stop).OkAsync();

        status.Entries.ShouldBe([
            new GitStatusEntry(".M", "README.md"), new GitStatusEntry("R.", "new name.txt", "old name.txt"), new GitStatusEntry("??", "neu ü.txt")]);
        await Work.CleanAsync(ignoredToo: true, Stop).OkAsync();
        (await Work.StatusAsync(Stop).OkAsync()).Entries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Push_NewRef_NeedsItToBeAbsent()
    {
        var commit = await CommitAsync(Work, "a.txt", "a");
        var dev = BranchName.Parse("dev");

        await Work.PushAsync([new GitPush(commit, dev.Ref, Expected: null)], Stop).OkAsync();
        (await Work.ListRemoteAsync([dev.Ref], Stop).OkAsync()).Single().Commit.ShouldBe(commit);

        var next = await CommitAsync(Work, "a.txt", "b");
        await Work.PushAsync([new GitPush(next, dev.Ref, Expected: null)], Stop).FailedAsync(GitFailure.StaleLease);
        await Work.PushAsync([new GitPush(commit, dev.Ref, Expected: commit)], Stop).OkAsync();
    }

    [Fact]
    public async Task Push_RemoteMoved_IsAStaleLease()
    {
        var other = await CloneAsync("other");
        var theirs = await CommitAsync(other, "b.txt", "b");
        await other.PushAsync([new GitPush(theirs, Main.Ref, First)], Stop).OkAsync();
        var ours = await CommitAsync(Work, "a.txt", "a");

        var error = await Work.PushAsync([new GitPush(ours, Main.Ref, First)], Stop).FailedAsync(GitFailure.StaleLease);

        error.Command.ShouldContain("--force-with-lease=refs/heads/main:" + First);
        error.LastLines.ShouldContain(line => line.Contains("stale info", StringComparison.Ordinal));
        (await Work.ListRemoteAsync([Main.Ref], Stop).OkAsync()).Single().Commit.ShouldBe(theirs);
    }

    [Fact]
    public async Task Push_Backwards_IsRefusedUnlessAskedFor()
    {
        var commit = await CommitAsync(Work, "a.txt", "a");
        await Work.PushAsync([new GitPush(commit, Main.Ref, First)], Stop).OkAsync();

        await Work.PushAsync([new GitPush(First, Main.Ref, commit)], Stop).FailedAsync(GitFailure.NotFastForward);
        await Work.PushAsync([new GitPush(First, Main.Ref, commit, AllowRewrite: true)], Stop).OkAsync();
        (await Work.ListRemoteAsync([Main.Ref], Stop).OkAsync()).Single().Commit.ShouldBe(First);
    }

    [Fact]
    public async Task Push_RemoteHookRefuses_IsRejected()
    {
        var hook = Folder.At("remote.git", "hooks", "pre-receive");
        await File.WriteAllTextAsync(hook, "#!/bin/sh\necho protected branch >&2\nexit 1\n", Stop);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var commit = await CommitAsync(Work, "a.txt", "a");

        var error = await Work.PushAsync([new GitPush(commit, BranchName.Parse("dev").Ref, null)], Stop).FailedAsync(GitFailure.PushRejected);

        error.LastLines.ShouldContain(line => line.Contains("protected branch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tag_Annotated_IsPeeledByListRemote()
    {
        var tag = TagName.Parse("1.2.0");
        var tagObject = await Work.TagAsync(tag, First, "Release 1.2.0\n", Person, Stop).OkAsync();
        await Work.PushAsync([new GitPush(tagObject, tag.Ref, null)], Stop).OkAsync();

        var found = await Work.ListRemoteAsync([tag.Ref], Stop).OkAsync();

        found.ShouldBe([new GitRemoteRef(tag.Ref, tagObject, First)]);
        (await Work.ListRemoteAsync([], Stop).OkAsync()).Select(entry => entry.Name).ShouldBe([Main.Ref, tag.Ref]);
        (await Work.ResolveAsync(tag, Stop).OkAsync()).ShouldBe(First);
    }

    [Fact]
    public async Task FastForward_DivergedOrNot_TellsTheDifference()
    {
        await Work.CheckoutNewAsync(BranchName.Parse("dev"), Revision.Head, move: false, Stop).OkAsync();
        var ahead = await CommitAsync(Work, "a.txt", "a");
        await Work.CheckoutAsync(Main, Stop).OkAsync();

        (await Work.DivergenceAsync(Main, BranchName.Parse("dev"), Stop).OkAsync()).ShouldBe(new GitDivergence(0, 1));
        await Work.FastForwardAsync(ahead, Stop).OkAsync();
        (await Work.ResolveAsync(Main, Stop).OkAsync()).ShouldBe(ahead);

        await CommitAsync(Work, "b.txt", "b");
        await Work.CheckoutAsync(BranchName.Parse("dev"), Stop).OkAsync();
        await CommitAsync(Work, "c.txt", "c");
        await Work.FastForwardAsync(Main, Stop).FailedAsync(GitFailure.NotFastForward);
        (await Work.DivergenceAsync(Main, BranchName.Parse("dev"), Stop).OkAsync()).ShouldBe(new GitDivergence(1, 1));
        (await Work.MergeBaseAsync(Main, BranchName.Parse("dev"), Stop).OkAsync()).ShouldBe(ahead);
        (await Work.IsAncestorAsync(First, Main, Stop).OkAsync()).ShouldBeTrue();
        (await Work.IsAncestorAsync(Main, First, Stop).OkAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Merge_Conflict_LeavesTheWorkTreeClean()
    {
        await Work.CheckoutNewAsync(BranchName.Parse("dev"), Revision.Head, move: false, Stop).OkAsync();
        await CommitAsync(Work, "README.md", "one\n");
        await Work.CheckoutAsync(Main, Stop).OkAsync();
        var main = await CommitAsync(Work, "README.md", "two\n");

        await Work.MergeAsync(BranchName.Parse("dev"), "Merge dev\n", Person, Stop).FailedAsync(GitFailure.Conflict);

        (await Work.StatusAsync(Stop).OkAsync()).IsClean.ShouldBeTrue();
        (await Work.ResolveAsync(Revision.Head, Stop).OkAsync()).ShouldBe(main);
    }

    [Fact]
    public async Task Diff_CommitsAndWorkTree_ShowsFilesAndLines()
    {
        var second = await CommitAsync(Work, "sub dir/a.txt", "one\ntwo\n");
        await File.WriteAllTextAsync(Path.Combine(Work.Path, "README.md"), "# changed\n", Stop);

        (await Work.ChangesAsync(First, second, Stop).OkAsync()).ShouldBe([new GitFileChange('A', "sub dir/a.txt")]);
        (await Work.ChangesAsync(Revision.Head, null, Stop).OkAsync()).ShouldBe([new GitFileChange('M', "README.md")]);
        (await Work.DiffAsync(Revision.Head, null, ["README.md"], Stop).OkAsync()).ShouldContain("\n-# remote.git\n+# changed\n");
        (await Work.DiffAsync(First, second, [":(exclude)README.md"], Stop).OkAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Log_Range_IsBounded()
    {
        for (var i = 0; i < 4; i++) await CommitAsync(Work, "a.txt", $"{i}", $"Change {i}");

        (await Work.LogAsync(Main, First, 3, Stop).OkAsync()).Select(commit => commit.Subject).ShouldBe(["Change 3", "Change 2", "Change 1"]);
        (await Work.LogAsync(Main, First, 100, Stop).OkAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task ReadFile_PresentAbsentAndFolder_AreTold()
    {
        await CommitAsync(Work, "sub/ü.txt", "línes\n");

        (await Work.ReadFileAsync(Revision.Head, "sub/ü.txt", Stop).OkAsync()).ShouldBe("línes\n");
        (await Work.ReadFileAsync(First, "sub/ü.txt", Stop).OkAsync()).ShouldBeNull();
        (await Work.ReadFileAsync(Revision.Head, "sub", Stop).OkAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Resolve_UnknownThings_AreNotFound()
    {
        await Work.ResolveAsync(BranchName.Parse("nope"), Stop).FailedAsync(GitFailure.RefNotFound);
        await Work.ResolveAsync(CommitSha.Parse(new string('1', 40)), Stop).FailedAsync(GitFailure.RefNotFound);
        await Work.CheckoutAsync(BranchName.Parse("nope"), Stop).FailedAsync(GitFailure.RefNotFound);
        await Work.FetchAsync(BranchName.Parse("nope"), Stop).FailedAsync(GitFailure.RefNotFound);
        await Session.CloneAsync(RemoteUrl.Parse($"file://{Folder.At("none.git")}", allowFile: true), Folder.At("x"), null, Stop)
            .FailedAsync(GitFailure.RepositoryNotFound);
    }

    [Fact]
    public async Task Fetch_BranchGoneAndTagMoved_FollowsTheRemote()
    {
        var other = await CloneAsync("other");
        var dev = BranchName.Parse("dev");
        await other.PushAsync([new GitPush(First, dev.Ref, null), new GitPush(First, TagName.Parse("t").Ref, null)], Stop).OkAsync();
        await Work.FetchAsync(Stop).OkAsync();
        (await Work.ResolveAsync(dev.RemoteRef("origin"), Stop).OkAsync()).ShouldBe(First);
        (await Work.ResolveAsync(TagName.Parse("t"), Stop).OkAsync()).ShouldBe(First);

        await other.PushAsync([new GitPush(null, dev.Ref, First)], Stop).OkAsync();
        await Work.FetchAsync(Stop).OkAsync();

        await Work.ResolveAsync(dev.RemoteRef("origin"), Stop).FailedAsync(GitFailure.RefNotFound);
        Log.Of(OutputStream.Command).ShouldContain("$ git fetch --prune --tags --force -- origin");
    }

    [Fact]
    public async Task Checkout_DetachedAndBack_IsTold()
    {
        await Work.CheckoutDetachedAsync(First, Stop).OkAsync();
        (await Work.CurrentBranchAsync(Stop).OkAsync()).ShouldBeNull();
        (await Work.StatusAsync(Stop).OkAsync()).Branch.ShouldBeNull();
        await Work.CheckoutAsync(Main, Stop).OkAsync();
        (await Work.CurrentBranchAsync(Stop).OkAsync()).ShouldBe(Main);
    }

    [Fact]
    public async Task Hooks_InTheRepository_DoNotRun()
    {
        var hook = Path.Combine(Work.Path, ".git", "hooks", "post-commit");
        await File.WriteAllTextAsync(hook, "#!/bin/sh\ntouch ran\n", Stop);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await CommitAsync(Work, "a.txt", "a");

        File.Exists(Path.Combine(Work.Path, "ran")).ShouldBeFalse();
    }
}
