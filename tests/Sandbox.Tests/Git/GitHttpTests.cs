using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Sandbox.Tests.Git;

public sealed class GitHttpTests : SandboxTest
{
    [Fact]
    public async Task Push_NewBranchAndTag_AreThereWithOneEffectEach()
    {
        var head = await Clone.CommitAsync("a.txt", "a\n", "Add a");
        await Clone.GitAsync("tag", "-a", "v1.0.0", "-m", "First");
        await Clone.GitAsync("push", "--quiet", "origin", "HEAD:refs/heads/dev", "v1.0.0");

        (await Repository.Git.RefAsync("refs/heads/dev"))!.Sha.ShouldBe(head);
        var tag = (await Repository.Git.RefAsync("refs/tags/v1.0.0"))!;
        tag.Commit.ShouldBe(head);
        var pushes = EffectsOf("push").Where(entry => entry.Actor == "maintainer").ToDictionary(entry => entry.Subject, entry => entry.Digest);
        pushes["acme/tool refs/heads/dev"].ShouldBe(head);
        pushes["acme/tool refs/tags/v1.0.0"].ShouldBe(tag.Sha);
        pushes.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Push_LargeFile_ArrivesChunkedAndWhole()
    {
        // Past git's http.postBuffer of 1 MiB the body is sent in chunks, without a length.
        var noise = new byte[6 * 1024 * 1024];
        new Random(7).NextBytes(noise);
        await File.WriteAllBytesAsync(Path.Combine(Clone.Folder, "large.bin"), noise, Cancel);
        var head = await Clone.CommitAsync("b.txt", "b\n", "Add a large file");
        await Clone.GitAsync("push", "--quiet", "origin", "main");

        var other = await GitClone.MakeAsync(Path.Combine(Folder, "other"), $"{Sandbox.Address}acme/tool.git");
        (await other.GitAsync("rev-parse", "HEAD")).ShouldBe(head);
        (await File.ReadAllBytesAsync(Path.Combine(other.Folder, "large.bin"), Cancel)).ShouldBe(noise);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x:wrong@")]
    [InlineData("x:sandbox-maintainer-read-token@")]
    public async Task Push_WithoutTheRight_IsRefusedAndChangesNothing(string credentials)
    {
        var before = (await Repository.Git.RefAsync("refs/heads/main"))!.Sha;
        await Clone.CommitAsync("a.txt", "a\n", "Add a");

        var answer = await Clone.TryGitAsync("push", $"http://{credentials}{Sandbox.Address.Authority}/acme/tool.git", "main");

        answer.ExitCode.ShouldNotBe(0);
        (await Repository.Git.RefAsync("refs/heads/main"))!.Sha.ShouldBe(before);
        EffectsOf("push").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Push_OldExpectation_IsRejectedByTheLease()
    {
        var stale = await GitClone.MakeAsync(Path.Combine(Folder, "stale"), RemoteFor(Personas.Reviewer.Token));
        await Clone.CommitAsync("a.txt", "a\n", "Add a");
        await Clone.GitAsync("push", "--quiet", "origin", "main");
        await stale.CommitAsync("b.txt", "b\n", "Add b");

        var answer = await stale.TryGitAsync("push", "--force-with-lease=main:" + await stale.GitAsync("rev-parse", "origin/main"), "origin", "main");

        answer.ExitCode.ShouldNotBe(0);
        answer.Error.ShouldContain("stale info");
    }

    [Fact]
    public async Task Clone_UnknownRepository_SaysNotFound()
    {
        var answer = await Clone.TryGitAsync("ls-remote", $"{Sandbox.Address}acme/nothing.git");

        answer.ExitCode.ShouldNotBe(0);
        answer.Error.ShouldContain("not found");
    }
}
