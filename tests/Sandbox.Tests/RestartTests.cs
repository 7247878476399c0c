using ReleaseDashboard.Sandbox.GitHub.Checks;

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
}
