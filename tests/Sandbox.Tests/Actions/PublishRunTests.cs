using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Actions;

/// <summary>A workflow that publishes the package attached to the draft of a release.</summary>
public sealed class PublishRunTests : WorkflowTest
{
    private const string Publish = """
        name: publish
        run-name: Publish ${{ inputs.tag || github.ref_name }}
        on:
          push:
            tags: ["*"]
          workflow_dispatch:
            inputs:
              tag:
                required: true
        jobs:
          upload:
            steps:
              - name: Upload
                uses: sandbox/publish-package
                with:
                  tag: ${{ inputs.tag || github.ref_name }}
        """;

    private static readonly string[] Names = ["small-1.0.0.tar.gz", "more-1.0.0.tar.gz"];

    [Fact]
    public async Task Tag_WithADraft_PublishesExactlyItsFiles()
    {
        var hashes = await PrepareAsync(Names);

        await PushTagAsync();

        Text(await CompletedAsync("publish.yml"), "conclusion").ShouldBe("success");
        EffectsOf("upload").Select(effect => (effect.Service, effect.Subject, effect.Digest)).ShouldBe(Names.Select((name, at) => ("index.production", name, (string?)hashes[at])), ignoreOrder: true);
        EffectsOf("upload").ShouldAllBe(effect => effect.Actor!.StartsWith("workflow acme/tool #"));
        (await FilesAsync("small")).ShouldHaveSingleItem()!["hashes"]!["sha256"]!.GetValue<string>().ShouldBe(hashes[0]["sha256:".Length..]);
    }

    [Fact]
    public async Task Rerun_AfterHalfOfIt_UploadsOnlyWhatIsMissing()
    {
        await PrepareAsync(Names);
        Script(new WorkflowRule { LeaveOut = ["more-*"], Times = 1 });
        await PushTagAsync();
        var run = await CompletedAsync("publish.yml");
        EffectsOf("upload").Select(effect => effect.Subject).ShouldBe(["small-1.0.0.tar.gz"]);

        (await PostAsync($"/actions/runs/{run["id"]}/rerun", new { })).Status.ShouldBe(201);

        Text(await CompletedAsync("publish.yml", attempt: 2), "conclusion").ShouldBe("success");
        EffectsOf("upload").Select(effect => effect.Subject).ShouldBe(["small-1.0.0.tar.gz", "more-1.0.0.tar.gz"]);
    }

    [Fact]
    public async Task Tampered_IsAValidFileOfThatNameWithAnotherHash()
    {
        var hashes = await PrepareAsync("small-1.0.0.tar.gz");
        Script(new WorkflowRule { Tamper = true });

        await PushTagAsync();

        Text(await CompletedAsync("publish.yml"), "conclusion").ShouldBe("success");
        EffectsOf("upload").ShouldHaveSingleItem().Digest.ShouldNotBe(hashes[0]);
        (await FilesAsync("small")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Tampered_AfterTheRightBytes_IsRefusedByTheIndex()
    {
        await PrepareAsync("small-1.0.0.tar.gz");
        await PushTagAsync();
        await CompletedAsync("publish.yml");
        Script(new WorkflowRule { Tamper = true });

        await PostAsync("/actions/workflows/publish.yml/dispatches", new { @ref = "main", inputs = new { tag = "1.0.0" } });

        await UntilAsync(async () => (await RunsAsync()).All(run => Text(run!, "status") == "completed") && (await RunsAsync()).Count == 2, "both runs complete");
        var run = (await RunsAsync())[0]!;
        Text(run, "conclusion").ShouldBe("failure");
        (await LogAsync((await JobsAsync(run))[0]!)).ShouldContain("HTTPError: 400 File already exists ('small-1.0.0.tar.gz'");
    }

    [Fact]
    public async Task Tag_WithoutADraft_FailsAndSaysSo()
    {
        await PrepareAsync();

        await PushTagAsync();

        var run = await CompletedAsync("publish.yml");
        Text(run, "conclusion").ShouldBe("failure");
        (await LogAsync((await JobsAsync(run))[0]!)).ShouldContain("release not found: acme/tool has none for 1.0.0, nor a draft");
        EffectsOf("upload").ShouldBeEmpty();
    }

    [Fact]
    public async Task NeverEnds_RunsUntilItIsCancelled()
    {
        await PrepareAsync("small-1.0.0.tar.gz");
        Script(new WorkflowRule { Outcome = WorkflowRule.NeverEnds, QueuedMilliseconds = 0, RunMilliseconds = 0 });
        await PushTagAsync();
        JsonNode? upload = null;
        await UntilAsync(
            async () => (await RunsAsync()).FirstOrDefault() is { } run && Text(run, "status") == "in_progress"
                && (upload = (await JobsAsync(run))[0]!["steps"]!.AsArray().FirstOrDefault(step => Text(step!, "name") == "Upload")) is not null && Text(upload, "status") == "in_progress",
            "it works");

        (await PostAsync($"/actions/runs/{(await RunsAsync())[0]!["id"]}/cancel", new { })).Status.ShouldBe(202);

        Text(await CompletedAsync("publish.yml"), "conclusion").ShouldBe("cancelled");
        EffectsOf("upload").ShouldBeEmpty();
    }

    /// <returns>The hashes as the effect log has them.</returns>
    private async Task<IReadOnlyList<string>> PrepareAsync(params string[] names)
    {
        Directory.CreateDirectory(Path.Combine(Clone.Folder, ".github", "workflows"));
        await Clone.CommitAsync(".github/workflows/publish.yml", Publish, "Add the workflow");
        await Clone.GitAsync("push", "--quiet", "origin", "main");
        if (names.Length == 0)
            return [];
        var (status, draft) = await PostAsync("/releases", new { tag_name = "1.0.0", draft = true });
        status.ShouldBe(201);
        var hashes = new List<string>();
        foreach (var name in names)
        {
            var bytes = await File.ReadAllBytesAsync(SmallDistribution.Write(Folder, name.Split('-')[0], "1.0.0"), Cancel);
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
            using var answer = await Maintainer.PostAsync($"/api/uploads/repos/acme/tool/releases/{draft!["id"]}/assets?name={name}", content, Cancel);
            answer.EnsureSuccessStatusCode();
            hashes.Add("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        return hashes;
    }

    private async Task PushTagAsync()
    {
        await Clone.GitAsync("tag", "-a", "1.0.0", "-m", "Release 1.0.0");
        await Clone.GitAsync("push", "--quiet", "origin", "1.0.0");
    }

    private async Task<JsonArray> RunsAsync() => (await GetAsync("/actions/workflows/publish.yml/runs"))["workflow_runs"]!.AsArray();

    private async Task<JsonArray> FilesAsync(string project)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/indexes/production/simple/{project}/");
        request.Headers.Accept.ParseAdd("application/vnd.pypi.simple.v1+json");
        using var answer = await Client(null).SendAsync(request, Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["files"]!.AsArray();
    }
}
