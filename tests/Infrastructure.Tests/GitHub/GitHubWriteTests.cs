using System.Diagnostics;
using System.Text.Json;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Tests.GitHub;

public sealed class GitHubWriteTests : IAsyncLifetime
{
    private static readonly RepositoryName Name = RepositoryName.Parse("octo/demo");
    private static readonly CommitSha Sha = CommitSha.Parse(new string('a', 40));
    private ScriptedGitHub _github = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _github = await ScriptedGitHub.StartAsync();

    public ValueTask DisposeAsync() => _github.DisposeAsync();

    [Fact]
    public async Task Merge_Request_HoldsTheExpectedHead()
    {
        _github.Then(200, """{"sha":"b","merged":true,"message":"done"}""");

        (await MergeAsync(_github.Client())).Value.Merged.ShouldBeTrue();

        var seen = _github.Seen.Single();
        (seen.Method, seen.Path).ShouldBe(("PUT", "/api/v3/repos/octo/demo/pulls/5/merge"));
        var body = JsonDocument.Parse(seen.Body).RootElement;
        body.GetProperty("sha").GetString().ShouldBe(Sha.Value);
        body.GetProperty("merge_method").GetString().ShouldBe("merge");
        body.TryGetProperty("commit_message", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Merge_HeadMoved_IsRefused()
    {
        _github.Then(409, """{"message":"Head branch was modified. Review and try the merge again."}""");

        var error = (await MergeAsync(_github.Client())).Error!;

        (error.Kind, error.Status).ShouldBe((GitHubFailure.Refused, 409));
    }

    [Fact]
    public async Task Write_ConnectionCutAfterSending_IsAnswerLostAndNotRepeated()
    {
        _github.Then(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }).Then(200, """{"sha":"b","merged":true,"message":"done"}""");

        (await MergeAsync(_github.Client())).Error!.IsAnswerLost.ShouldBeTrue();

        _github.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Write_CutOnAReusedConnection_IsNotRepeatedEither()
    {
        _github.Then(200, """{"login":"mona","id":1}""").Then(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }).Then(200, """{"sha":"b","merged":true,"message":"done"}""");
        var client = _github.Client();
        (await client.UserAsync(Stop)).IsOk.ShouldBeTrue();

        (await MergeAsync(client)).Error!.IsAnswerLost.ShouldBeTrue();

        _github.Seen.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(502, "<html>bad gateway")]
    [InlineData(500, """{"message":"Server Error"}""")]
    [InlineData(200, "<html>")]
    public async Task Write_AnswerThatSaysNothing_IsAnswerLost(int status, string body)
    {
        _github.Then(status, body);

        (await MergeAsync(_github.Client())).Error!.IsAnswerLost.ShouldBeTrue();

        _github.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Write_NoAnswerInTime_IsAnswerLost()
    {
        var gate = new TaskCompletionSource();
        _github.Then(_ => gate.Task);

        var result = await MergeAsync(_github.Client(options => options with { Timeout = TimeSpan.FromMilliseconds(200) }));
        gate.SetResult();

        result.Error!.IsAnswerLost.ShouldBeTrue();
    }

    [Fact]
    public async Task Write_NobodyThere_IsUnreachable()
    {
        var client = _github.Client(options => options with { BaseAddress = new Uri("http://127.0.0.1:1/") });

        (await MergeAsync(client)).Error!.Kind.ShouldBe(GitHubFailure.Unreachable);
    }

    [Fact]
    public async Task Write_RateLimit_IsToldAndNotRepeated()
    {
        _github.Then(429, """{"message":"Too many requests"}""", ("Retry-After", "1"));

        var error = (await MergeAsync(_github.Client())).Error!;

        (error.IsRateLimit, error.RetryAfter).ShouldBe((true, TimeSpan.FromSeconds(1)));
        _github.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Write_Redirect_IsNotFollowed()
    {
        _github.Then(307, """{"message":"Moved"}""", ("Location", $"{_github.Address}elsewhere"));

        (await MergeAsync(_github.Client())).Error!.Kind.ShouldBe(GitHubFailure.Malformed);

        _github.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Write_Validation_ListsTheErrors()
    {
        _github.Then(422, """{"message":"Validation Failed","errors":[{"resource":"PullRequest","code":"custom","message":"No commits between main and dev"}, "plain"]}""");

        var error = (await _github.Client().CreatePullRequestAsync(Name, new NewPullRequest("t", "dev", "main"), Stop)).Error!;

        error.Kind.ShouldBe(GitHubFailure.Refused);
        error.Errors[0].Message.ShouldBe("No commits between main and dev");
        error.ToString().ShouldContain("No commits between main and dev");
    }

    [Fact]
    public async Task Writes_Spaced_KeepTheirDistance()
    {
        _github.Then(500, "").Then(500, "").Then(500, "");
        var client = _github.Client(options => options with { WriteSpacing = TimeSpan.FromMilliseconds(300) });
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(MergeAsync(client), MergeAsync(client), MergeAsync(client));

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(590));
    }

    [Fact]
    public async Task CreateRef_Answer_IsRead()
    {
        _github.Then(201, $$$"""{"ref":"refs/tags/1.2.0","object":{"type":"commit","sha":"{{{Sha}}}"}}""");

        var made = await _github.Client().CreateRefAsync(Name, TagName.Parse("1.2.0").Ref, Sha, Stop);

        made.Value.Sha.ShouldBe(Sha);
        _github.Seen.Single().Body.ShouldBe($$"""{"ref":"refs/tags/1.2.0","sha":"{{Sha}}"}""");
    }

    [Fact]
    public async Task Upload_Asset_SendsTheBytesToTheReleaseOnly()
    {
        await using var other = await ScriptedGitHub.StartAsync();
        _github.Then(201, """{"id":9,"name":"a b.tar.gz","state":"uploaded","size":3,"browser_download_url":"u","digest":"sha256:00"}""");
        var release = new GitHubRelease(1, "1.2.0", "main", true, false, "h", $"{_github.Address}api/uploads/repos/octo/demo/releases/1/assets{{?name,label}}");

        var asset = await _github.Client().UploadAssetAsync(release, "a b.tar.gz", "application/gzip", new MemoryStream([97, 98, 99]), Stop);
        var refused = await _github.Client().UploadAssetAsync(
            release with { UploadUrl = $"{other.Address}x{{?name}}" }, "a", "application/gzip", new MemoryStream([97]), Stop);

        asset.Value.Digest.ShouldBe("sha256:00");
        _github.Seen.Single().Body.ShouldBe("abc");
        _github.Seen.Single().Path.ShouldBe("/api/uploads/repos/octo/demo/releases/1/assets?name=a%20b.tar.gz");
        refused.Error!.Kind.ShouldBe(GitHubFailure.Malformed);
        other.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteDraft_Published_IsRefusedHere()
    {
        const string release = """{"id":1,"tag_name":"1.1","target_commitish":"main","draft":DRAFT,"prerelease":false,"html_url":"h","upload_url":"u"}""";
        _github
            .Then(200, release.Replace("DRAFT", "false", StringComparison.Ordinal))
            .Then(200, release.Replace("DRAFT", "true", StringComparison.Ordinal))
            .Then(204, "");

        (await _github.Client().DeleteDraftAsync(Name, 1, Stop)).Error!.Kind.ShouldBe(GitHubFailure.Refused);
        (await _github.Client().DeleteDraftAsync(Name, 1, Stop)).Value.ShouldBeTrue();

        _github.Seen.Select(seen => seen.Method).ShouldBe(["GET", "GET", "DELETE"]);
    }

    private static Task<Infrastructure.Results.Result<GitHubMerge, GitHubError>> MergeAsync(GitHubClient client) =>
        client.MergePullRequestAsync(Name, 5, Sha, GitHubMergeMethod.Merge, "Release", null, Stop);
}
