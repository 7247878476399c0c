using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Indexes;

/// <summary>What readers of an index see, on each of its three APIs.</summary>
public sealed class IndexReadingTests : IAsyncLifetime
{
    private const string SimpleJson = "application/vnd.pypi.simple.v1+json";

    private RunningSandbox sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await RunningSandbox.StartAsync();
        foreach (var version in (string[])["1.9", "1.10", "2.0b1"])
        {
            var file = SmallDistribution.Write(sandbox.Sub("dist"), "Small.Thing", version);
            (await sandbox.TwineAsync("test", "sandbox-test-token", file)).Succeeded();
        }
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Apis_OfOneProject_AgreeOnFilesAndHashes()
    {
        var document = JsonNode.Parse(await sandbox.Client.GetStringAsync("/indexes/test/pypi/small-thing/json"))!;
        var simple = JsonNode.Parse(await GetAsync("/indexes/test/simple/small-thing/", SimpleJson))!;
        var page = await GetAsync("/indexes/test/simple/small-thing/", "text/html");

        var files = document["releases"]!.AsObject().SelectMany(release => release.Value!.AsArray()).ToDictionary(
            file => file!["filename"]!.GetValue<string>(), file => file!["digests"]!["sha256"]!.GetValue<string>());
        files.Keys.ShouldBe(["Small.Thing-1.9.tar.gz", "Small.Thing-1.10.tar.gz", "Small.Thing-2.0b1.tar.gz"]);
        simple["files"]!.AsArray().ToDictionary(
            file => file!["filename"]!.GetValue<string>(), file => file!["hashes"]!["sha256"]!.GetValue<string>()).ShouldBe(files);
        Regex.Matches(page, "#sha256=(?<hash>[0-9a-f]+)\" data-requires-python=\"&gt;=3.8\">(?<file>[^<]+)</a>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .ToDictionary(match => match.Groups["file"].Value, match => match.Groups["hash"].Value).ShouldBe(files);
        document["info"]!["version"]!.GetValue<string>().ShouldBe("1.10");
        document["info"]!["requires_python"]!.GetValue<string>().ShouldBe(">=3.8");
    }

    [Fact]
    public async Task JsonApi_OfVersion_HasItsFileOnly()
    {
        var document = JsonNode.Parse(await sandbox.Client.GetStringAsync("/indexes/test/pypi/small_thing/2.0.b1/json"))!;

        document["urls"]!.AsArray().ShouldHaveSingleItem()!["filename"]!.GetValue<string>().ShouldBe("Small.Thing-2.0b1.tar.gz");
        DateTimeOffset.TryParse(document["urls"]![0]!["upload_time_iso_8601"]!.GetValue<string>(), out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/indexes/test/pypi/unknown/json")]
    [InlineData("/indexes/test/pypi/small-thing/3.0/json")]
    [InlineData("/indexes/test/pypi/small-thing/no-version/json")]
    [InlineData("/indexes/test/simple/unknown/")]
    [InlineData("/indexes/test/files/small-thing/Small.Thing-3.0.tar.gz")]
    [InlineData("/indexes/none/simple/")]
    public async Task Reading_Unknown_Is404(string path) =>
        (await sandbox.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Simple_OtherSpelling_RedirectsToTheNormalisedName()
    {
        var answer = await sandbox.Client.GetAsync("/indexes/test/simple/Small.Thing/");

        answer.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        answer.Headers.Location!.ToString().ShouldBe("/indexes/test/simple/small-thing/");
    }

    [Fact]
    public async Task Simple_UnknownForm_Is406()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/indexes/test/simple/");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("image/png"));
        (await sandbox.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task Yank_File_IsMarkedOnEveryApi()
    {
        (await sandbox.Client.PostAsync("/sandbox/indexes/test/files/Small.Thing-1.10.tar.gz/yank?reason=broken", null))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var document = JsonNode.Parse(await sandbox.Client.GetStringAsync("/indexes/test/pypi/small-thing/json"))!;
        document["info"]!["version"]!.GetValue<string>().ShouldBe("1.9");
        document["releases"]!["1.10"]![0]!["yanked_reason"]!.GetValue<string>().ShouldBe("broken");
        (await GetAsync("/indexes/test/simple/small-thing/", "text/html")).ShouldContain("data-yanked=\"broken\"");
        JsonNode.Parse(await GetAsync("/indexes/test/simple/small-thing/", SimpleJson))!["files"]![1]!["yanked"]!.GetValue<string>().ShouldBe("broken");
    }

    [Fact]
    public async Task Lag_HidesUploadUntilItIsOver()
    {
        (await sandbox.Client.PostAsJsonAsync("/sandbox/indexes/test/lag", new { milliseconds = 3_600_000 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await sandbox.Client.GetAsync("/indexes/test/pypi/small-thing/json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await sandbox.Client.PostAsJsonAsync("/sandbox/indexes/test/lag", new { milliseconds = 0 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await sandbox.Client.GetAsync("/indexes/test/pypi/small-thing/json")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> GetAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        var answer = await sandbox.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(accept);
        return await answer.Content.ReadAsStringAsync();
    }
}
