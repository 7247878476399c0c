using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Tests;

public sealed class RestartTests : SandboxTest
{
    [Fact]
    public async Task Restart_WithPullReleaseAndAsset_KeepsAllOfIt()
    {
        var (number, head) = await OpenPullAsync("feature");
        await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { sha = head });
        await PostAsync("/releases", new { tag_name = "v1.0.0" });
        var effects = Sandbox.Effects.Read();

        await RestartAsync();

        (await GetAsync($"/pulls/{number}"))["merged"]!.GetValue<bool>().ShouldBeTrue();
        (await GetAsync("/releases/latest"))["tag_name"]!.GetValue<string>().ShouldBe("v1.0.0");
        Sandbox.Effects.Read().Where(entry => entry.Action != "check.complete")
            .ShouldBe(effects.Where(entry => entry.Action != "check.complete"), "a restart has no effects of its own");
        (await PostAsync("/releases", new { tag_name = "v1.0.0" })).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Restart_WhileChecksRun_CompletesThem()
    {
        Sandbox.Checks.Replace([new CheckDefinition { Name = "slow", QueuedMilliseconds = 0, RunMilliseconds = 500 }]);
        var (_, head) = await OpenPullAsync("feature");

        await RestartAsync();

        Sandbox.Checks.Checks.ShouldHaveSingleItem().Name.ShouldBe("slow");
        await UntilAsync(
            async () => (await GetAsync($"/commits/{head}/check-runs"))["check_runs"]![0]!["conclusion"]?.GetValue<string>() == "success",
            "the check completes after the restart");
    }

    [Fact]
    public async Task Start_RefMovedWithoutBeingTold_RecordsItOnce()
    {
        var head = (await Repository.Git.RefAsync("refs/heads/main"))!.Sha;
        await Repository.Git.DemandAsync(["update-ref", "refs/heads/forgotten", head]);

        await RestartAsync();
        await RestartAsync();

        EffectsOf("push").Count(entry => entry.Subject == "acme/tool refs/heads/forgotten").ShouldBe(1);
    }

    [Fact]
    public async Task Start_KilledBetweenTheMergeAndItsRecord_FinishesTheMergeOnce()
    {
        var (number, head) = await OpenPullAsync("feature");
        var main = (await Repository.Git.RefAsync("refs/heads/main"))!.Sha;
        var made = (await Repository.Git.DemandAsync(
            ["-c", "user.name=T", "-c", "user.email=t@sandbox.example", "commit-tree", head + "^{tree}", "-p", main, "-p", head, "-m", "Merge"])).Text;
        using (await Repository.EnterAsync())
        {
            Repository.Save_NeedsTurn(Repository.State with { Merging = new Merging(number, main, made, "maintainer") });
            await Repository.Git.DemandAsync(["update-ref", "refs/heads/main", made, main]);
        }

        await RestartAsync();
        await RestartAsync();

        var pull = await GetAsync($"/pulls/{number}");
        pull["merge_commit_sha"]!.GetValue<string>().ShouldBe(made);
        pull["merged_by"]!["login"]!.GetValue<string>().ShouldBe("maintainer");
        EffectsOf("pull.merge").ShouldHaveSingleItem().Digest.ShouldBe(made);
        EffectsOf("push").ShouldNotContain(entry => entry.Digest == made);
    }

    [Fact]
    public async Task Start_KilledBeforeTheMergeWasMade_LeavesThePullRequestOpen()
    {
        var (number, head) = await OpenPullAsync("feature");
        var main = (await Repository.Git.RefAsync("refs/heads/main"))!.Sha;
        using (await Repository.EnterAsync())
            Repository.Save_NeedsTurn(Repository.State with { Merging = new Merging(number, main, head, "maintainer") });

        await RestartAsync();

        (await GetAsync($"/pulls/{number}"))["state"]!.GetValue<string>().ShouldBe("open");
        EffectsOf("pull.merge").ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_KilledBetweenAnUploadAndItsEffect_LogsTheEffectOnce()
    {
        var owed = new Effect("github", "asset.upload", "acme/tool v1.0.0 tool.tar.gz", "sha256:00", "maintainer");
        using (await Repository.EnterAsync())
            Repository.Save_NeedsTurn(Repository.State with { Owed = new Owed(Sandbox.Effects.Count, owed) });

        await RestartAsync();
        await RestartAsync();

        var entry = EffectsOf("asset.upload").ShouldHaveSingleItem();
        (entry.Subject, entry.Digest, entry.Actor).ShouldBe((owed.Subject, owed.Digest, owed.Actor));
    }
}
