using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Tests.Git;

public sealed class GitSubmoduleTests : GitFixture
{
    [Fact]
    public async Task Submodule_UpdateMoveAndRemoteHead_Work()
    {
        var (inner, pinned) = await AddSubmoduleAsync("images", "../images.git");
        var submodule = (await Work.SubmodulesAsync(Revision.Head, Stop).OkAsync()).Single();
        submodule.ShouldBe(new GitSubmodule("images", "images", inner, Main, pinned));

        var repository = await Work.UpdateSubmoduleAsync(submodule, Stop).OkAsync();
        (await repository.ResolveAsync(Revision.Head, Stop).OkAsync()).ShouldBe(pinned);

        var elsewhere = await Session.CloneAsync(inner, Folder.At("elsewhere"), null, Stop).OkAsync();
        var next = await CommitAsync(elsewhere, "new.txt", "new");
        await elsewhere.PushAsync([new GitPush(next, Main.Ref, pinned)], Stop).OkAsync();
        (await Work.SubmoduleRemoteHeadAsync(submodule, Main, Stop).OkAsync()).ShouldBe(next);

        await Work.MoveSubmoduleAsync(submodule, next, Stop).OkAsync();
        await Work.CommitAsync("Move images", Person, ["images"], Stop).OkAsync();
        (await Work.SubmodulesAsync(Revision.Head, Stop).OkAsync()).Single().Pinned.ShouldBe(next);
    }

    [Fact]
    public async Task Worktree_OfACommit_HoldsExactlyThatCommitWithItsSubmodules()
    {
        await AddSubmoduleAsync("images", "../images.git");
        var commit = await Work.ResolveAsync(Revision.Head, Stop).OkAsync();
        await File.WriteAllTextAsync(Path.Combine(Work.Path, "dirt.txt"), "x", Stop);

        var clean = await Work.AddWorktreeAsync(Folder.At("clean"), commit, Stop).OkAsync();

        Directory.GetFileSystemEntries(clean.Path).Select(Path.GetFileName).Order().ShouldBe([".git", ".gitmodules", "README.md", "images"]);
        (await File.ReadAllTextAsync(Path.Combine(clean.Path, "images", "README.md"), Stop)).ShouldBe("# images.git\n");
        (await clean.ResolveAsync(Revision.Head, Stop).OkAsync()).ShouldBe(commit);
        await File.WriteAllTextAsync(Path.Combine(clean.Path, "built.txt"), "x", Stop);

        await Work.RemoveWorktreeAsync(clean.Path, Stop).OkAsync();
        Directory.Exists(clean.Path).ShouldBeFalse();
        await Work.RemoveWorktreeAsync(clean.Path, Stop).OkAsync();
        await Work.AddWorktreeAsync(Folder.At("clean"), commit, Stop).OkAsync();
    }

    [Theory]
    [InlineData("images", "images", "ext::sh -c touch% pwned", "")]
    [InlineData("images", "images", "ssh://git@example.org/x.git", "")]
    [InlineData("images", "images", "-uupload", "")]
    [InlineData("images", "images", "https://user:pass@example.org/x.git", "")]
    [InlineData("../../evil", "images", "../images.git", "")]
    [InlineData("images", "../images", "../images.git", "")]
    [InlineData("images", ".git/hooks", "../images.git", "")]
    [InlineData("images", "images", "../images.git", "update = !touch pwned")]
    [InlineData("images", "images", "../images.git", "branch = --upload-pack=x")]
    public async Task Submodules_HostileFile_IsRefused(string name, string path, string url, string extra)
    {
        await AddSubmoduleAsync("images", "../images.git");
        await CommitAsync(Work, ".gitmodules", $"[submodule \"{name}\"]\n\tpath = {path}\n\turl = {url}\n\t{extra}\n");

        var error = await Work.UpdateSubmodulesAsync(Stop).FailedAsync(GitFailure.Refused);

        error.Message.ShouldContain(name);
    }

    [Fact]
    public async Task Submodules_FileAddressWithoutPermission_IsRefused()
    {
        await AddSubmoduleAsync("images", "../images.git");
        var strict = (Session with { Options = new GitOptions() }).Open(Work.Path);

        await strict.SubmodulesAsync(Revision.Head, Stop).FailedAsync(GitFailure.Refused);
        await strict.FetchAsync(Stop).FailedAsync(GitFailure.Refused);
    }

    private async Task<(RemoteUrl Url, CommitSha Pinned)> AddSubmoduleAsync(string path, string address)
    {
        var url = await RemoteRepositoryAsync($"{path}.git");
        await Work.RunAsync(new GitCommand("submodule", "add", "--branch", "main", "--", address, path), Stop).OkAsync();
        await Work.CommitAsync("Add a submodule", Person, [], Stop).OkAsync();
        await Work.PushAsync([new GitPush(await Work.ResolveAsync(Revision.Head, Stop).OkAsync(), Main.Ref, First)], Stop).OkAsync();
        return (url, (await Work.SubmodulesAsync(Revision.Head, Stop).OkAsync()).Single().Pinned);
    }
}
