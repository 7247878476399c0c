using System.Net.Http.Json;

namespace ReleaseDashboard.Sandbox.Tests.Git;

public sealed class RefProtectionTests : SandboxTest
{
    [Fact]
    public async Task Push_ToAProtectedBranch_MayOnlyMoveItForward()
    {
        await ProtectAsync("refs/heads/main");
        var head = await Clone.CommitAsync("a.txt", "a\n", "Add a");
        await Clone.GitAsync("push", "--quiet", "origin", "main");

        await Clone.GitAsync("commit", "--quiet", "--amend", "-m", "Rewritten");
        (await Clone.TryGitAsync("push", "--force", "origin", "main")).Error.ShouldContain("GH006");
        (await Clone.TryGitAsync("push", "origin", "--delete", "main")).ExitCode.ShouldNotBe(0);
        (await SendAsync(HttpMethod.Delete, "/git/refs/heads/main")).Status.ShouldBe(422);

        (await Repository.Git.RefAsync("refs/heads/main"))!.Sha.ShouldBe(head);
        (await GetAsync("/branches/main"))["protected"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Push_OfAnotherProtectedTag_IsRefused()
    {
        await ProtectAsync("refs/tags/v1.0.0");
        await Clone.GitAsync("tag", "v1.0.0");
        await Clone.GitAsync("push", "--quiet", "origin", "v1.0.0");
        await Clone.CommitAsync("a.txt", "a\n", "Add a");
        await Clone.GitAsync("tag", "--force", "v1.0.0");

        (await Clone.TryGitAsync("push", "--force", "origin", "v1.0.0")).Error.ShouldContain("GH006");
    }

    private async Task ProtectAsync(params string[] refs) =>
        (await Maintainer.PostAsJsonAsync("/sandbox/protection", new { repository = "acme/tool", refs }, Cancel)).EnsureSuccessStatusCode();
}
