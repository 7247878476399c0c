using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Infrastructure.Python;
using ReleaseDashboard.Infrastructure.Tests.Clients;

namespace ReleaseDashboard.Infrastructure.Tests.Python;

public sealed class PackageIndexClientTests : IAsyncLifetime
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("a source distribution");
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly List<string> _seen = [];
    private LoopbackServer _server = null!;
    private int _failures;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PackageIndex Index => new("Test", new Uri($"{_server.Address}legacy/"), new Uri($"{_server.Address}simple"), new Uri($"{_server.Address}pypi/"));

    private PackageIndexClient Client => new(_http, TimeProvider.System);

    public async ValueTask InitializeAsync() => _server = await LoopbackServer.StartAsync(app => app.Run(AnswerAsync));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _folder.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Version_Present_ListsItsFiles()
    {
        var found = (await Client.VersionAsync(Index, "Demo_Tool", "1.2.0", Stop)).Value.ShouldNotBeNull();

        (found.Name, found.Version).ShouldBe(("demo-tool", "1.2.0"));
        found.Files.Single().ShouldBe(new PackageFile("demo_tool-1.2.0.tar.gz", new Uri($"{_server.Address}files/demo.tar.gz"), Hash, 21, true, "broken"));
        _seen.ShouldBe(["/pypi/demo-tool/1.2.0/json application/json"]);
    }

    [Fact]
    public async Task VersionAndProject_Absent_AreNull()
    {
        (await Client.VersionAsync(Index, "demo-tool", "9.9", Stop)).Value.ShouldBeNull();
        (await Client.ProjectAsync(Index, "other", Stop)).Value.ShouldBeNull();
    }

    [Fact]
    public async Task Project_Simple_ResolvesRelativeAddressesAndYanks()
    {
        var project = (await Client.ProjectAsync(Index, "demo.tool", Stop)).Value.ShouldNotBeNull();

        project.Versions.ShouldBe(["1.1.0", "1.2.0"]);
        project.Files.ShouldBe([
            new PackageFile("demo_tool-1.1.0.tar.gz", new Uri($"{_server.Address}files/old.tar.gz"), null, null, true, "broken"),
            new PackageFile("demo_tool-1.2.0.tar.gz", new Uri($"{_server.Address}files/demo.tar.gz"), Hash, 21, false),
        ]);
        _seen.ShouldBe(["/simple/demo-tool/ application/vnd.pypi.simple.v1+json"]);
    }

    [Fact]
    public async Task Ask_PassingFault_IsTriedAgain()
    {
        _failures = 2;
        (await Client.VersionAsync(Index, "demo-tool", "1.2.0", Stop)).IsOk.ShouldBeTrue();

        _failures = 3;
        (await Client.VersionAsync(Index, "demo-tool", "1.2.0", Stop)).Error.ShouldNotBeNull().Status.ShouldBe(503);
    }

    [Fact]
    public async Task Ask_SomethingElseAnswered_IsMalformed() =>
        (await Client.VersionAsync(Index, "demo-tool", "page", Stop)).Error!.Kind.ShouldBe(PackageIndexFailure.Malformed);

    [Theory]
    [InlineData("../../admin")]
    [InlineData("-x")]
    [InlineData("")]
    [InlineData("a\n")]
    public async Task Ask_BadName_IsRefused(string name) =>
        await Should.ThrowAsync<ArgumentException>(() => Client.VersionAsync(Index, name, "1", Stop));

    [Fact]
    public async Task Download_RightHash_IsThere()
    {
        var path = _folder.At("demo.tar.gz");

        (await Client.DownloadAsync(new Uri($"{_server.Address}files/demo.tar.gz"), Hash, path, Stop)).Value.ShouldBe(Content.Length);

        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(Content);
    }

    [Fact]
    public async Task Download_WrongHashOrCut_LeavesNothing()
    {
        var wrong = await Client.DownloadAsync(new Uri($"{_server.Address}files/demo.tar.gz"), new string('0', 64), _folder.At("x"), Stop);
        var cut = await Client.DownloadAsync(new Uri($"{_server.Address}files/cut"), Hash, _folder.At("y"), Stop);
        var absent = await Client.DownloadAsync(new Uri($"{_server.Address}files/none"), Hash, _folder.At("z"), Stop);

        wrong.Error!.Kind.ShouldBe(PackageIndexFailure.HashMismatch);
        cut.Error!.Kind.ShouldBe(PackageIndexFailure.Unreachable);
        (absent.Error!.Kind, absent.Error.Status).ShouldBe((PackageIndexFailure.Refused, 404));
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        _seen.Add($"{context.Request.Path} {context.Request.Headers.Accept}");
        if (_failures-- > 0)
        {
            context.Response.StatusCode = 503;
            return;
        }

        switch (context.Request.Path.Value)
        {
            case "/pypi/demo-tool/1.2.0/json":
                await context.Response.WriteAsync($$"""
                    {"info":{"name":"demo-tool","version":"1.2.0"},"urls":[{"filename":"demo_tool-1.2.0.tar.gz","url":"{{_server.Address}}files/demo.tar.gz",
                     "digests":{"sha256":"{{Hash.ToUpperInvariant()}}","md5":"x"},"size":21,"yanked":true,"yanked_reason":"broken"}]}
                    """);
                break;
            case "/simple/demo-tool/":
                await context.Response.WriteAsync($$"""
                    {"meta":{"api-version":"1.1"},"name":"demo-tool","versions":["1.1.0","1.2.0"],"files":[
                     {"filename":"demo_tool-1.1.0.tar.gz","url":"../../files/old.tar.gz","hashes":{},"yanked":"broken"},
                     {"filename":"demo_tool-1.2.0.tar.gz","url":"/files/demo.tar.gz","hashes":{"sha256":"{{Hash}}"},"size":21,"yanked":false}]}
                    """);
                break;
            case "/pypi/demo-tool/page/json":
                await context.Response.WriteAsync("<html>");
                break;
            case "/files/demo.tar.gz":
                await context.Response.Body.WriteAsync(Content);
                break;
            case "/files/cut":
                context.Response.ContentLength = 1000;
                await context.Response.Body.WriteAsync(Content);
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }
}
