using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace ReleaseDashboard.Sandbox.Tests.GitHub;

public sealed class RestTests : SandboxTest
{
    [Fact]
    public async Task Get_WithTheTagItAnsweredWith_Is304AndKeepsTheConnection()
    {
        using var first = await Maintainer.GetAsync("/api/v3/repos/acme/tool", Cancel);
        var lines = $"GET /api/v3/repos/acme/tool HTTP/1.1\r\nHost: {Sandbox.Address.Authority}\r\nIf-None-Match: {first.Headers.ETag}\r\n\r\n";
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Sandbox.Address.Port, Cancel);
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream);

        for (var round = 0; round < 3; round++)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(lines), Cancel);
            (await reader.ReadLineAsync(Cancel)).ShouldBe("HTTP/1.1 304 Not Modified");
            while (await reader.ReadLineAsync(Cancel) is { Length: > 0 })
            {
                // headers
            }
        }
    }

    [Fact]
    public async Task Get_AfterAWrite_HasAnotherTag()
    {
        var before = (await Maintainer.GetAsync("/api/v3/repos/acme/tool/pulls", Cancel)).Headers.ETag;
        await OpenPullAsync("feature");

        (await Maintainer.GetAsync("/api/v3/repos/acme/tool/pulls", Cancel)).Headers.ETag.ShouldNotBe(before);
    }

    [Theory]
    [InlineData(null, 401, "Requires authentication")]
    [InlineData("wrong", 401, "Bad credentials")]
    [InlineData("sandbox-maintainer-read-token", 403, "Resource not accessible by personal access token")]
    public async Task Write_WithoutTheRight_IsRefusedInGitHubsWords(string? token, int status, string message)
    {
        var answer = await PostAsync("/releases", new { tag_name = "v1.0.0" }, Client(token));

        answer.Status.ShouldBe(status);
        answer.Body!["message"]!.GetValue<string>().ShouldBe(message);
        EffectsOf("release.create").ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_BodyThatIsNotJson_Is400()
    {
        using var body = new StringContent("{", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        using var answer = await Maintainer.PostAsync("/api/v3/repos/acme/tool/pulls", body, Cancel);

        ((int)answer.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task List_OfSeveralPages_LinksThemAndLosesNothing()
    {
        for (var at = 0; at < 5; at++)
            await Clone.GitAsync("branch", $"b{at}");
        await Clone.GitAsync("push", "--quiet", "origin", "--all");
        var (next, names) = ("/api/v3/repos/acme/tool/branches?per_page=2", new List<string>());

        while (next is not null)
        {
            using var page = await Maintainer.GetAsync(next, Cancel);
            var items = System.Text.Json.Nodes.JsonNode.Parse(await page.Content.ReadAsStringAsync(Cancel))!.AsArray();
            names.AddRange(items.Select(item => item!["name"]!.GetValue<string>()));
            var links = page.Headers.TryGetValues("Link", out var values) ? values.Single().Split(", ") : [];
            next = links.FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal))?.Split('<', '>')[1];
        }

        names.ShouldBe(["b0", "b1", "b2", "b3", "b4", "main"]);
    }
}
