using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.GitHub;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

public sealed class PullRequestStepTests : RemoteFixture
{
    private StepContext Context(string commit) =>
        Release.Build("github.pull_request", ("title", "Release 1.2.0"), ("head", "dev"), ("base", "main"), ("commit", commit));

    [Fact]
    public async Task Run_NoneOpen_OpensOneThatNamesTheChanges()
    {
        await PushDevAsync("a.txt", "feat(cli): say hello");
        await PushDevAsync("b.txt", "fix: stop crashing for @nobody");
        var head = await PushDevAsync("c.txt", "Tidy up");

        var proof = Done(await new PullRequestStep(Access).RunAsync(Context(head), Cancel));

        proof["number"].ShouldBe("1");
        proof["url"].ShouldNotBeNull().ShouldEndWith("/pull/1");
        var body = (await SendAsync(HttpMethod.Get, "pulls/1"))["body"]!.ToString();
        body.ShouldContain("Release **1.2.0** of tool, after 1.1.0.");
        body.ShouldContain("### Features\n\n- say hello (");
        body.ShouldContain("### Fixes\n\n- stop crashing for @\u200bnobody (");
        body.ShouldContain($"### Other changes\n\n- Tidy up ({head[..7]})");
        proof["description"].ShouldBe(body.Trim());
    }

    [Fact]
    public async Task Run_SubmoduleMoved_NamesBothPins()
    {
        var (before, after) = (new string('a', 40), new string('b', 40));
        await GitAsync("update-index", "--add", "--cacheinfo", $"160000,{before},images");
        await GitAsync("commit", "--quiet", "-m", "Pin");
        await GitAsync("tag", "--force", "1.1.0");
        await GitAsync("push", "--quiet", "--force", "origin", "main", "1.1.0");
        await GitAsync("checkout", "--quiet", "-B", "dev");
        await GitAsync("update-index", "--cacheinfo", $"160000,{after},images");
        await GitAsync("commit", "--quiet", "-m", "Move images");
        await GitAsync("push", "--quiet", "origin", "dev");

        Done(await new PullRequestStep(Access).RunAsync(Context(await GitAsync("rev-parse", "HEAD")), Cancel));

        (await SendAsync(HttpMethod.Get, "pulls/1"))["body"]!.ToString().ShouldContain("- `images` from aaaaaaa to bbbbbbb");
    }

    [Fact]
    public async Task Run_OpenAlready_IsUsed()
    {
        var (number, head) = await OpenPullAsync();

        Done(await new PullRequestStep(Access).RunAsync(Context(head), Cancel))["number"].ShouldBe(number);

        Effects("pull.create").ShouldBe(1);
    }

    [Fact]
    public async Task Run_AnswerLost_FindsTheOneThatWasMade()
    {
        var head = await PushDevAsync();
        Fault(FaultKind.LostAnswer, "POST", "/api/v3/repos/example/tool/pulls");

        Done(await new PullRequestStep(Access).RunAsync(Context(head), Cancel))["number"].ShouldBe("1");

        Effects("pull.create").ShouldBe(1);
    }

    [Fact]
    public async Task Observe_HeadMoved_IsDifferent()
    {
        var (_, head) = await OpenPullAsync();
        var other = await PushDevAsync("late.txt", "Slip something in");

        var seen = (await new PullRequestStep(Access).RunAsync(Context(head), Cancel)).ShouldBeOfType<Observation.Different>();

        seen.Error.Code.ShouldBe("head-moved");
        seen.Error.Why.ShouldContain(other);
    }

    [Fact]
    public async Task Run_BranchIsElsewhere_OpensNothing()
    {
        var head = await PushDevAsync();
        await PushDevAsync("late.txt", "Slip something in");

        Failed(await new PullRequestStep(Access).RunAsync(Context(head), Cancel)).Code.ShouldBe("remote-moved");

        Effects("pull.create").ShouldBe(0);
    }

    [Theory]
    [InlineData(null, "no-token")]
    [InlineData("wrong", "wrong-token")]
    [InlineData("sandbox-maintainer-read-token", "missing-scope")]
    public async Task Run_WithoutARightToken_SaysWhichScopeIsNeeded(string? token, string code)
    {
        var head = await PushDevAsync();
        if (token is null)
            Release.Secrets.Remove(SecretName.GitHubToken);
        else
            Release.Secrets[SecretName.GitHubToken] = token;

        var error = Failed(await new PullRequestStep(Access).RunAsync(Context(head), Cancel));

        error.Code.ShouldBe(code);
        error.WhatToDo.ShouldContain("Pull requests: read and write");
        Personas.Maintainer.ReadOnlyToken.ShouldBe("sandbox-maintainer-read-token");
    }
}
