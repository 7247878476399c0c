using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.Web.Sandbox;
using ReleaseDashboard.Web.Tests.Api;

namespace ReleaseDashboard.Web.Tests.Secrets;

/// <summary>A real step runs a real program that prints the token it was given; what is stored and answered afterwards holds none of it.</summary>
public sealed partial class ToldSecretTests
{
    private const string Beginning = "pypi-AgEI";
    private const string End = "Zq7Xk29Lm4";
    private const string Secret = Beginning + "\"c/H+l\\w&d<ö>" + End;
    private static readonly byte[] Built = "the built file"u8.ToArray();
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Built));

    private static readonly string Playbook =
        $$"""
        schema: 1
        name: people
        title: Upload
        revision: 1
        stages:
          - id: only
            title: Only
            steps:
              - id: upload
                title: Upload
                kind: pypi.upload
                inputs: { index: test, file: hello-1.12.0.tar.gz, sha256: {{Hash}} }
        """;

    [Theory, DatabaseData]
    public async Task Secret_ToldByAToolInEveryForm_IsInNoLogAnswerOrFile(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, Playbook);
        var release = await UploadAsync(test);
        await test.WaitForStepAsync(release, "upload", "failed");

        var lines = await StoredLinesAsync(test);
        foreach (var said in new[] { "raw ***", "url ***", "form ***", "json \"***\"", "hex ***", "split ***", "letter ***", "error ***" })
            lines.ShouldContain(said);
        lines.ShouldContain(line => line.StartsWith("base64 ***", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("basic X190b2tlbl9fO", StringComparison.Ordinal) && line.Contains("***"));
        lines.ShouldContain("colour \u001b[31m***\u001b[1;32m\u001b[0m");
        lines.ShouldContain("both \u001b[31m***\u001b[32m\u001b[0m");
        lines.ShouldContain("reset ***\u001b(B\u001b[m");
        lines.ShouldContain("link \u001b]8;;https://x/***\u001b\\here\u001b]8;;\u001b\\");
        lines.ShouldContain("title \u001b]0;***\u0007there");
        // The program looked at every process of the machine, itself included.
        lines.ShouldContain("processes True, in arguments 0");

        var log = $"releases/{release}/steps/upload/log";
        foreach (var (path, accept) in new[] { (log, "application/json"), (log, "text/plain"), (log + "?follow=true", "text/plain"), (log + "?follow=true", "text/event-stream"), ($"releases/{release}", "application/json"), ($"releases/{release}/plan", "application/json"), ($"releases/{release}/evidence.json", "application/json"), ($"releases/{release}/evidence.html", "text/html"), ("audit", "application/json") })
        {
            var answer = await AskAsync(test.Reviewer, path, accept);
            ShouldNotTell(answer, $"{path} as {accept}");
            if (path.StartsWith(log, StringComparison.Ordinal))
                answer.ShouldContain("raw ***");
        }
        ShouldNotTell(string.Join('\n', lines), "the stored lines");
        FilesThatTell(test.Dashboard.Database.DataFolder).ShouldBeEmpty();
    }

    private static async Task<Guid> UploadAsync(ApiTest test)
    {
        var data = test.Dashboard.Database.DataFolder;
        var kept = Directory.CreateDirectory(Path.Combine(data, "artifacts", Hash)).FullName;
        await File.WriteAllBytesAsync(Path.Combine(kept, "hello-1.12.0.tar.gz"), Built);
        var index = $"{test.Dashboard.Get<SandboxHosting>().Sandbox.Address.AbsoluteUri.TrimEnd('/')}/indexes/test/";
        var settings = new
        {
            gitUrl = test.Remote.Url, webUrl = "https://git.example/hello", package = "hello", versionFile = "hello.py", python = await TalkativeTool.WriteAsync(data),
            testIndex = new { name = "testpypi", upload = index + "legacy/", simple = index + "simple/", json = index + "pypi/" },
        };
        using var added = await test.Maintainer.PostAsJsonAsync("projects", new { name = "hello", repository = "example/hello", isSandbox = true, settings });
        added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        using var stored = await test.Maintainer.PutAsJsonAsync("projects/hello/secrets/testpypi-password", new { value = Secret });
        stored.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var started = await test.Maintainer.PostAsJsonAsync("releases", new { project = "hello", version = "1.12.0", playbook = "people" });
        started.StatusCode.ShouldBe(HttpStatusCode.Created, await started.Content.ReadAsStringAsync());
        return (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static async Task<List<string>> StoredLinesAsync(ApiTest test)
    {
        await using var db = test.Dashboard.Database.Ledger.Read();
        return [.. (await db.LogChunks.OrderBy(chunk => chunk.FirstLine).Select(chunk => chunk.Text).ToListAsync()).SelectMany(text => text.Split('\n'))];
    }

    private static async Task<string> AskAsync(HttpClient http, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Neither as it is, nor with the colours and line ends taken out, nor as a JSON reader gets it.</summary>
    private static void ShouldNotTell(string text, string where)
    {
        var shown = Escapes().Replace(text.Replace("\\u001b", "\u001b", StringComparison.OrdinalIgnoreCase), "");
        var bytes = Encoding.UTF8.GetBytes(Secret);
        var encoded = Convert.ToBase64String(bytes);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("__token__:" + Secret));
        foreach (var view in new[] { text, shown, LineEnds().Replace(shown, "") })
        {
            // Ten letters of an encoded form are enough to know it by, whatever stands around them.
            foreach (var part in new[] { Beginning, End, encoded[..10], encoded[16..26], basic[16..26], Convert.ToHexStringLower(bytes)[..20], "%22c%2FH" })
                view.Contains(part, StringComparison.Ordinal).ShouldBeFalse($"{where} holds {part}");
        }
    }

    // The lock file is empty, and nobody but the server may open it.
    private static IEnumerable<string> FilesThatTell(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) != "lock" && File.ReadAllBytes(file) is var bytes && (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0 || bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(End)) >= 0));

    [GeneratedRegex("\u001b(\\[[0-9;]*[A-Za-z]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|\\([A-Z0-9])", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Escapes();

    [GeneratedRegex("[\r\n]|\\\\n", RegexOptions.NonBacktracking)]
    private static partial Regex LineEnds();
}
