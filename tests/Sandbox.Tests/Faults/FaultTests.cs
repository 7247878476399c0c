using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ReleaseDashboard.Sandbox.Faults;

namespace ReleaseDashboard.Sandbox.Tests.Faults;

public sealed class FaultTests : SandboxTest
{
    private const string Pulls = "/api/v3/repos/acme/tool/pulls";

    [Fact]
    public async Task LostAnswer_OnCreate_CarriesItOutAndCutsTheConnection()
    {
        await Clone.GitAsync("checkout", "--quiet", "-b", "dev");
        await Clone.CommitAsync("a.txt", "a\n", "Add a");
        await Clone.GitAsync("push", "--quiet", "origin", "dev");
        Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Method = "POST", Path = Pulls, Times = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => PostAsync("/pulls", new { title = "A", head = "dev", @base = "main" }));

        EffectsOf("pull.create").Count.ShouldBe(1);
        (await GetAsync("/pulls")).AsArray().Count.ShouldBe(1);
        (await PostAsync("/pulls", new { title = "A", head = "dev", @base = "main" })).Status.ShouldBe(422);
    }

    [Fact]
    public async Task LostAnswer_OnGitPush_MovesTheRefAndFailsTheClient()
    {
        var head = await Clone.CommitAsync("a.txt", "a\n", "Add a");
        Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Path = "/acme/tool.git/git-receive-pack", Times = 1 });

        (await Clone.TryGitAsync("push", "origin", "main")).ExitCode.ShouldNotBe(0);

        (await Repository.Git.RefAsync("refs/heads/main"))!.Sha.ShouldBe(head);
        EffectsOf("push").Count(entry => entry.Digest == head).ShouldBe(1);
    }

    [Fact]
    public async Task Drop_OnCreate_ChangesNothing()
    {
        Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Drop, Method = "POST", Path = "/api/**", Times = 1 });
        var release = new { tag_name = "v1.0.0", draft = true };

        await Should.ThrowAsync<HttpRequestException>(() => PostAsync("/releases", release));

        EffectsOf("release.create").ShouldBeEmpty();
        (await PostAsync("/releases", release)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Status_SkipOneTimesTwo_HitsTheSecondAndThird()
    {
        Sandbox.Faults.Add(new FaultRule
        {
            Kind = FaultKind.Status,
            Method = "GET",
            Path = "/api/v3/repos/*/*/branches",
            Skip = 1,
            Times = 2,
            Status = 403,
            Body = """{"message":"You have exceeded a secondary rate limit."}""",
            Headers = new Dictionary<string, string> { ["retry-after"] = "7" },
        });

        var answers = new List<HttpResponseMessage>();
        for (var at = 0; at < 4; at++)
            answers.Add(await Maintainer.GetAsync("/api/v3/repos/acme/tool/branches", Cancel));

        answers.Select(answer => (int)answer.StatusCode).ShouldBe([200, 403, 403, 200]);
        answers[1].Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await answers[1].Content.ReadAsStringAsync(Cancel)).ShouldContain("secondary rate limit");
    }

    [Fact]
    public async Task Latency_OfARule_DelaysTheAnswer()
    {
        Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Latency, Path = Pulls, DelayMilliseconds = 300 });
        var watch = Stopwatch.StartNew();

        await GetAsync("/pulls");

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task Stale_AfterAWrite_AnswersAsBeforeIt()
    {
        (await GetAsync("/releases")).AsArray().ShouldBeEmpty();
        await PostAsync("/releases", new { tag_name = "v1.0.0", draft = true });
        Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Stale, Method = "GET", Path = "/api/v3/repos/acme/tool/releases", Times = 1 });

        (await GetAsync("/releases")).AsArray().ShouldBeEmpty();
        (await GetAsync("/releases")).AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Control_OverHttp_AddsCountsAndRemoves()
    {
        var added = await Maintainer.PostAsJsonAsync(
            "/sandbox/faults", new { kind = "status", status = 500, path = "/api/v3/user", times = 1 }, Cancel);
        added.StatusCode.ShouldBe(HttpStatusCode.Created);

        ((int)(await Maintainer.GetAsync("/api/v3/user", Cancel)).StatusCode).ShouldBe(500);
        ((int)(await Maintainer.GetAsync("/api/v3/user", Cancel)).StatusCode).ShouldBe(200);
        var listed = (await Maintainer.GetFromJsonAsync<JsonArray>("/sandbox/faults", Cancel))!;
        listed[0]!["applied"]!.GetValue<int>().ShouldBe(1);
        (await Maintainer.DeleteAsync("/sandbox/faults/" + listed[0]!["rule"]!["id"], Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Sandbox.Faults.List().ShouldBeEmpty();
        (await Maintainer.PostAsJsonAsync("/sandbox/faults", new { kind = "nonsense" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
