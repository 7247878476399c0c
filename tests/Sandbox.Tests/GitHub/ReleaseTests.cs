using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ReleaseDashboard.Sandbox.Tests.GitHub;

public sealed class ReleaseTests : SandboxTest
{
    [Fact]
    public async Task Draft_BeforePublishing_HasNoTagAndIsNotTheLatest()
    {
        var (status, draft) = await PostAsync("/releases", new { tag_name = "v1.0.0", draft = true });

        status.ShouldBe(201);
        draft!["html_url"]!.GetValue<string>().ShouldContain("/untagged-");
        (await SendAsync(HttpMethod.Get, "/git/ref/tags/v1.0.0")).Status.ShouldBe(404);
        (await SendAsync(HttpMethod.Get, "/releases/latest")).Status.ShouldBe(404);
        (await SendAsync(HttpMethod.Get, $"/releases/{draft["id"]}", client: Client(null))).Status.ShouldBe(404, "only writers see drafts");
    }

    [Fact]
    public async Task Publish_TagAbsent_MakesTheTagAtTheTarget()
    {
        var head = await Clone.CommitAsync("a.txt", "a\n", "Add a");
        await Clone.GitAsync("push", "--quiet", "origin", "main:dev");
        var id = await DraftAsync("v1.0.0", "dev");

        await PublishAsync(id, "true");

        (await Repository.Git.RefAsync("refs/tags/v1.0.0"))!.Commit.ShouldBe(head);
        EffectsOf("release.publish").ShouldHaveSingleItem().Digest.ShouldBe(head);
        EffectsOf("ref.create").ShouldHaveSingleItem().Subject.ShouldBe("acme/tool refs/tags/v1.0.0");
        (await LatestAsync()).ShouldBe("v1.0.0");
    }

    [Fact]
    public async Task Publish_TagThere_KeepsIt()
    {
        await Clone.GitAsync("tag", "-a", "v1.0.0", "-m", "First");
        await Clone.GitAsync("push", "--quiet", "origin", "v1.0.0");
        var tag = (await Repository.Git.RefAsync("refs/tags/v1.0.0"))!;
        await Clone.CommitAsync("a.txt", "a\n", "Add a");
        await Clone.GitAsync("push", "--quiet", "origin", "main");

        await PublishAsync(await DraftAsync("v1.0.0", "main"), "true");

        (await Repository.Git.RefAsync("refs/tags/v1.0.0")).ShouldBe(tag);
        EffectsOf("ref.create").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("true", "v0.9.0")]
    [InlineData("false", "v1.0.0")]
    [InlineData("legacy", "v1.0.0")]
    public async Task Publish_AnOlderVersion_IsLatestOnlyWhenMadeSo(string makeLatest, string latest)
    {
        await PublishAsync(await DraftAsync("v1.0.0", "main"), "true");

        await PublishAsync(await DraftAsync("v0.9.0", "main"), makeLatest);

        (await LatestAsync()).ShouldBe(latest);
    }

    [Fact]
    public async Task Publish_Prerelease_IsNeverTheLatest()
    {
        await PublishAsync(await DraftAsync("v1.0.0", "main"), "true");
        (await PostAsync("/releases", new { tag_name = "v1.1.0b1", prerelease = true })).Status.ShouldBe(201);

        (await LatestAsync()).ShouldBe("v1.0.0");
    }

    [Fact]
    public async Task Create_TagAlreadyReleased_IsRefusedInGitHubsShape()
    {
        await PostAsync("/releases", new { tag_name = "v1.0.0" });

        var (status, body) = await PostAsync("/releases", new { tag_name = "v1.0.0" });

        status.ShouldBe(422);
        var error = body!["errors"]![0]!;
        (error["resource"]!.GetValue<string>(), error["code"]!.GetValue<string>(), error["field"]!.GetValue<string>())
            .ShouldBe(("Release", "already_exists", "tag_name"));
    }

    [Fact]
    public async Task Asset_Uploaded_ComesBackByteForByteWithItsHash()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var (_, draft) = await PostAsync("/releases", new { tag_name = "v1.0.0", draft = true });
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");

        using var uploaded = await Maintainer.PostAsync(
            draft!["upload_url"]!.GetValue<string>().Replace("{?name,label}", "?name=tool-1.0.0.tar.gz", StringComparison.Ordinal), content, Cancel);

        var asset = JsonNode.Parse(await uploaded.Content.ReadAsStringAsync(Cancel))!;
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
        asset["digest"]!.GetValue<string>().ShouldBe(digest);
        EffectsOf("asset.upload").ShouldHaveSingleItem().Digest.ShouldBe(digest);
        (await Client(null).GetByteArrayAsync(asset["browser_download_url"]!.GetValue<string>(), Cancel)).ShouldBe(bytes);
    }

    private async Task<int> DraftAsync(string tag, string target) =>
        (await PostAsync("/releases", new { tag_name = tag, target_commitish = target, draft = true })).Body!["id"]!.GetValue<int>();

    private async Task PublishAsync(int id, string makeLatest) =>
        (await SendAsync(HttpMethod.Patch, $"/releases/{id}", new { draft = false, make_latest = makeLatest })).Status.ShouldBe(200);

    private async Task<string> LatestAsync() => (await GetAsync("/releases/latest"))["tag_name"]!.GetValue<string>();
}
