using System.Text.Json.Nodes;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

namespace ReleaseDashboard.Sandbox.Tests.Actions;

public sealed class PullRequestRunTests : WorkflowTest
{
    [Fact]
    public async Task PullRequest_WithWorkflows_RunsThemInPlaceOfTheScript()
    {
        await PushWorkflowsAsync();

        var (_, head) = await OpenPullAsync("dev");

        var run = await CompletedAsync("pre-release.yml");
        (Text(run, "event"), Text(run, "head_sha"), Text(run, "head_branch"), Text(run, "conclusion")).ShouldBe(("pull_request", head, "dev", "success"));
        Text(run, "display_title").ShouldBe("Check Add feature.txt");
        var jobs = await JobsAsync(run);
        jobs.Select(job => Text(job!, "name")).ShouldBe(["build (debian)", "build (alpine)", "Smoke tests"]);
        jobs[0]!["steps"]!.AsArray().Select(step => Text(step!, "name")).ShouldBe(["Set up job", "Run actions/checkout@v4", "Build debian", "Complete job"]);
        string.CompareOrdinal(Text(jobs[2]!, "started_at"), Text(jobs[1]!, "completed_at")).ShouldBeGreaterThan(0, "the smoke tests need the builds");
        var checks = (await GetAsync($"/commits/{head}/check-runs"))["check_runs"]!.AsArray();
        checks.Select(check => (Text(check!, "name"), Text(check!, "conclusion"), Text(check!["app"]!, "slug"))).ShouldBe(
            [("build (debian)", "success", "github-actions"), ("build (alpine)", "success", "github-actions"), ("Smoke tests", "success", "github-actions")]);
        checks[0]!["id"]!.GetValue<int>().ShouldBe(jobs[0]!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task PullRequest_WithoutWorkflows_RunsTheScriptAsBefore()
    {
        var (_, head) = await OpenPullAsync("dev");

        (await GetAsync($"/commits/{head}/check-runs"))["check_runs"]!.AsArray().Select(check => Text(check!, "name")).ShouldBe(["tests", "lint"]);
        (await GetAsync("/actions/runs"))["total_count"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task ScriptedFailure_Once_IsRedThenGreenAtTheNextPush()
    {
        await PushWorkflowsAsync();
        Script(new WorkflowRule { Job = "build (alpine)", Outcome = "failure", Output = ["ERROR: unable to select packages"], Times = 1 });
        var (number, head) = await OpenPullAsync("dev");
        var red = await CompletedAsync("pre-release.yml");
        Text(red, "conclusion").ShouldBe("failure");
        var jobs = await JobsAsync(red);
        jobs.Select(job => Text(job!, "conclusion")).ShouldBe(["success", "failure", "skipped"]);
        jobs[1]!["steps"]!.AsArray().Select(step => Text(step!, "conclusion")).ShouldBe(["success", "success", "failure", "success"]);
        var log = await LogAsync(jobs[1]!);
        log.ShouldContain("ERROR: unable to select packages");
        log.ShouldContain("##[error]Process completed with exit code 1.");
        Sandbox.Registries.Preproduction.Tags("acme/tool").ShouldBe(["debian"]);
        (await GetAsync($"/check-runs/{jobs[1]!["id"]}/annotations")).AsArray().Count.ShouldBe(1);
        (await GetAsync($"/pulls/{number}"))["mergeable_state"]!.GetValue<string>().ShouldBe("unstable");

        await Clone.CommitAsync("fix.txt", "fix\n", "Fix the build");
        await Clone.GitAsync("push", "--quiet", "origin", "dev");

        await UntilAsync(async () => Text((await GetAsync("/actions/runs"))["workflow_runs"]![0]!, "head_sha") != head, "the push starts a run");
        Text(await CompletedAsync("pre-release.yml"), "conclusion").ShouldBe("success");
        Sandbox.Registries.Preproduction.Tags("acme/tool").ShouldBe(["alpine", "debian"]);
    }

    [Fact]
    public async Task RerunFailedJobs_AfterAFailure_RunsThoseAndWhatNeedsThem()
    {
        await PushWorkflowsAsync();
        Script(new WorkflowRule { Job = "build (alpine)", Outcome = "failure", Times = 1 });
        var (_, head) = await OpenPullAsync("dev");
        var red = await CompletedAsync("pre-release.yml");
        var before = await JobsAsync(red);

        (await PostAsync($"/actions/runs/{red["id"]}/rerun-failed-jobs", new { })).Status.ShouldBe(201);

        var green = await CompletedAsync("pre-release.yml", attempt: 2);
        Text(green, "conclusion").ShouldBe("success");
        var after = await JobsAsync(green);
        after.Count.ShouldBe(3);
        after.Single(job => Text(job!, "name") == "build (debian)")!["id"]!.GetValue<int>().ShouldBe(before[0]!["id"]!.GetValue<int>());
        after.Where(job => job!["run_attempt"]!.GetValue<int>() == 2).Count().ShouldBe(2);
        (await JobsAsync(green, "?filter=all")).Count.ShouldBe(5);
        (await GetAsync($"/actions/runs/{green["id"]}/attempts/1/jobs"))["jobs"]!.AsArray().Select(job => Text(job!, "conclusion")).ShouldBe(["success", "failure", "skipped"]);
        (await GetAsync($"/commits/{head}/check-runs"))["check_runs"]!.AsArray().ShouldAllBe(check => Text(check!, "conclusion") == "success");
        (await PostAsync($"/actions/runs/{red["id"]}/rerun-failed-jobs", new { })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task BrokenDockerfile_FailsTheJobForReal()
    {
        await PushWorkflowsAsync();
        await WriteAsync("debian.Dockerfile", "FROM debian:12\nCOPY absent.txt /\n");

        await OpenPullAsync("dev");

        var jobs = await JobsAsync(await CompletedAsync("pre-release.yml"));
        Text(jobs[0]!, "conclusion").ShouldBe("failure");
        (await LogAsync(jobs[0]!)).ShouldContain("\"/absent.txt\": not found");
    }

    [Fact]
    public async Task Cancel_OfARunningRun_EndsItsJobs()
    {
        await PushWorkflowsAsync();
        Script(new WorkflowRule { RunMilliseconds = 60_000 });
        await OpenPullAsync("dev");
        var id = (await GetAsync("/actions/runs"))["workflow_runs"]![0]!["id"];

        (await PostAsync($"/actions/runs/{id}/cancel", new { })).Status.ShouldBe(202);

        var run = await CompletedAsync("pre-release.yml");
        Text(run, "conclusion").ShouldBe("cancelled");
        (await JobsAsync(run)).ShouldAllBe(job => Text(job!, "conclusion") == "cancelled");
        (await PostAsync($"/actions/runs/{id}/cancel", new { })).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Restart_WhileJobsRun_CompletesThem()
    {
        await PushWorkflowsAsync();
        var (_, head) = await OpenPullAsync("dev");

        await RestartAsync();

        Text(await CompletedAsync("pre-release.yml"), "conclusion").ShouldBe("success");
        EffectsOf("run.start").ShouldHaveSingleItem().Digest.ShouldBe(head);
        EffectsOf("run.complete").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task File_ThatIsNoWorkflow_ShowsAsARunThatCouldNotStart()
    {
        await PushWorkflowsAsync();
        await WriteAsync(".github/workflows/broken.yml", "on: pull_request\njobs:\n  a:\n    needs: nowhere\n");

        await OpenPullAsync("dev");

        Text(await CompletedAsync("broken.yml"), "conclusion").ShouldBe("startup_failure");
    }
}
