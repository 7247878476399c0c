using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Tests.GitHub;

public sealed class GitHubReadTests : IAsyncLifetime
{
    private static readonly RepositoryName Name = RepositoryName.Parse("octo/demo");
    private static readonly CommitSha Sha = CommitSha.Parse(new string('a', 40));
    private ScriptedGitHub _github = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _github = await ScriptedGitHub.StartAsync();

    public ValueTask DisposeAsync() => _github.DisposeAsync();

    [Fact]
    public async Task Read_SameThingTwice_IsConfirmedByETag()
    {
        _github.Then(200, """{"login":"mona","id":1}""", ("ETag", "\"v1\"")).Then(304, "");
        var client = _github.Client();

        (await client.UserAsync(Stop)).Value.Login.ShouldBe("mona");
        (await client.UserAsync(Stop)).Value.Login.ShouldBe("mona");

        _github.Seen[1].IfNoneMatch.ShouldBe("\"v1\"");
        _github.Seen[0].Authorization.ShouldBe("Bearer ghp_secret_token");
        _github.Seen[0].Path.ShouldBe("/api/v3/user");
    }

    [Fact]
    public async Task Read_Pages_AreJoined()
    {
        const string run = """{"id":1,"name":"NAME","head_sha":"x","status":"completed","conclusion":"success"}""";
        _github
            .Then(200, $$"""{"total_count":2,"check_runs":[{{run.Replace("NAME", "one", StringComparison.Ordinal)}}]}""",
                ("Link", $"<{_github.Address}api/v3/next?page=2>; rel=\"next\", <{_github.Address}x>; rel=\"last\""))
            .Then(200, $$"""{"total_count":2,"check_runs":[{{run.Replace("NAME", "two", StringComparison.Ordinal)}}]}""");

        var runs = await _github.Client().CheckRunsAsync(Name, Sha, Stop);

        runs.Value.Select(found => found.Name).ShouldBe(["one", "two"]);
        _github.Seen[0].Path.ShouldBe($"/api/v3/repos/octo/demo/commits/{Sha}/check-runs?filter=latest&per_page=100");
        _github.Seen[1].Path.ShouldBe("/api/v3/next?page=2");
    }

    [Fact]
    public async Task Read_NextPageOnAnotherHost_IsNotFollowed()
    {
        await using var other = await ScriptedGitHub.StartAsync();
        _github.Then(200, "[]", ("Link", $"<{other.Address}steal>; rel=\"next\""));

        var error = (await _github.Client().ReviewsAsync(Name, 1, Stop)).Error.ShouldNotBeNull();

        error.Kind.ShouldBe(GitHubFailure.Malformed);
        other.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_RedirectToAnotherHost_IsFollowedWithoutTheToken()
    {
        await using var other = await ScriptedGitHub.StartAsync();
        other.Then(200, "line one\nline two");
        _github.Then(302, "", ("Location", $"{other.Address}logs"));
        var check = new GitHubCheckRun(7, "test", Sha.Value, "completed", "failure", App: new GitHubApp("github-actions"));

        var text = await _github.Client().FailureTextAsync(Name, check, Stop);

        text.Value.ShouldBe("line one\nline two");
        other.Seen.Single().Authorization.ShouldBeEmpty();
        _github.Seen.Single().Authorization.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task FailureText_OutputAndAnnotations_AreTold()
    {
        _github.Then(200, """[{"path":"src/a.py","start_line":3,"end_line":3,"annotation_level":"failure","message":"unused import"}]""");
        var check = new GitHubCheckRun(7, "lint", Sha.Value, "completed", "failure", Output: new GitHubCheckOutput("1 problem", AnnotationsCount: 1));

        (await _github.Client().FailureTextAsync(Name, check, Stop)).Value.ShouldBe("1 problem\nsrc/a.py:3: failure: unused import\n");
    }

    [Fact]
    public async Task Read_NotFound_IsNullWhereAbsenceIsAnAnswer()
    {
        _github.Then(404, """{"message":"Not Found"}""").Then(404, """{"message":"Not Found","documentation_url":"https://docs.example"}""");

        (await _github.Client().RefAsync(Name, TagName.Parse("v1").Ref, Stop)).Value.ShouldBeNull();
        var error = (await _github.Client().RepositoryAsync(Name, Stop)).Error.ShouldNotBeNull();

        (error.Kind, error.Status, error.Message, error.DocumentationUrl).ShouldBe((GitHubFailure.NotFound, 404, "Not Found", "https://docs.example"));
        _github.Seen[0].Path.ShouldBe("/api/v3/repos/octo/demo/git/ref/tags/v1");
    }

    [Fact]
    public async Task Read_ServerFaultAndCutConnection_AreTriedAgain()
    {
        _github.Then(502, "<html>").Then(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }).Then(200, """{"login":"mona","id":1}""");

        (await _github.Client().UserAsync(Stop)).Value.Login.ShouldBe("mona");
        _github.Seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Read_SecondaryRateLimit_WaitsAsLongAsAsked()
    {
        _github.Then(403, """{"message":"You have exceeded a secondary rate limit"}""", ("Retry-After", "1")).Then(200, """{"login":"mona","id":1}""");
        var watch = Stopwatch.StartNew();

        (await _github.Client().UserAsync(Stop)).IsOk.ShouldBeTrue();

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Read_RateLimitUsedUp_IsToldWithItsEnd()
    {
        var reset = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1800);
        _github.Then(403, """{"message":"API rate limit exceeded"}""",
            ("X-RateLimit-Limit", "5000"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", $"{reset.ToUnixTimeSeconds()}"));
        var client = _github.Client();

        var error = (await client.UserAsync(Stop)).Error.ShouldNotBeNull();

        error.IsRateLimit.ShouldBeTrue();
        error.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        client.Quota.ShouldBe(new GitHubQuota(5000, 0, reset));
        _github.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Read_ForbiddenForAnotherReason_IsRefusedAtOnce()
    {
        _github.Then(403, """{"message":"Resource not accessible by integration"}""").Then(401, """{"message":"Bad credentials"}""");

        (await _github.Client().UserAsync(Stop)).Error!.Kind.ShouldBe(GitHubFailure.Refused);
        (await _github.Client().UserAsync(Stop)).Error!.Kind.ShouldBe(GitHubFailure.AuthenticationFailed);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"login":null,"id":1}""")]
    public async Task Read_SomethingElse_IsMalformed(string body)
    {
        _github.Then(200, body);

        (await _github.Client().UserAsync(Stop)).Error!.Kind.ShouldBe(GitHubFailure.Malformed);
    }

    [Fact]
    public async Task Read_NobodyThere_IsUnreachable()
    {
        var client = _github.Client(options => options with { BaseAddress = new Uri("http://127.0.0.1:1/") });

        (await client.UserAsync(Stop)).Error!.Kind.ShouldBe(GitHubFailure.Unreachable);
    }

    [Fact]
    public async Task FindReleases_ByTag_SeesDrafts()
    {
        _github.Then(200, """
            [{"id":1,"tag_name":"1.1","target_commitish":"main","draft":false,"prerelease":false,"html_url":"h","upload_url":"u"},
             {"id":2,"tag_name":"1.2","target_commitish":"main","draft":true,"prerelease":false,"html_url":"h","upload_url":"u","assets":[]}]
            """);

        (await _github.Client().FindReleasesAsync(Name, TagName.Parse("1.2"), Stop)).Value.Single().Draft.ShouldBeTrue();
    }

    [Fact]
    public async Task Compare_BranchWithSlash_IsOneSegment()
    {
        _github.Then(200, """{"status":"ahead","ahead_by":1,"behind_by":0,"total_commits":1,"commits":[{"sha":"x","commit":{"message":"m"}}]}""");

        var compared = await _github.Client().CompareAsync(Name, Sha, BranchName.Parse("release/1.2"), Stop);

        compared.Value.AheadBy.ShouldBe(1);
        _github.Seen.Single().Path.ShouldBe($"/api/v3/repos/octo/demo/compare/{Sha}...release%2F1.2");
    }
}
