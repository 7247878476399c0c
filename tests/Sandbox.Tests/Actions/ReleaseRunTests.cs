using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Actions;

public sealed class ReleaseRunTests : WorkflowTest
{
    [Fact]
    public async Task Tag_AfterThePreRelease_MigratesEveryPlatformByDigest()
    {
        await PushWorkflowsAsync();
        await OpenReleaseAsync();
        await CompletedAsync("pre-release.yml");
        var (before, after) = (Sandbox.Registries.Preproduction, Sandbox.Registries.Production);
        before.Tags("acme/tool").ShouldBe(["1.2.0-alpine", "1.2.0-debian", "alpine", "debian", "latest"]);

        await Clone.GitAsync("tag", "-a", "1.2.0", "-m", "Release 1.2.0");
        await Clone.GitAsync("push", "--quiet", "origin", "1.2.0");

        var run = await CompletedAsync("release.yml");
        (Text(run, "conclusion"), Text(run, "event"), Text(run, "head_branch"), Text(run, "display_title")).ShouldBe(("success", "push", "1.2.0", "Release 1.2.0"));
        Text(run, "head_sha").ShouldBe(await Clone.GitAsync("rev-parse", "HEAD"));
        after.Tags("acme/tool").ShouldBe(["1.2.0-alpine", "1.2.0-debian", "alpine", "debian", "latest"]);
        foreach (var tag in after.Tags("acme/tool")!)
            after.FindManifest("acme/tool", tag)!.Digest.ShouldBe(before.FindManifest("acme/tool", tag)!.Digest);
        var index = JsonNode.Parse(after.FindManifest("acme/tool", "debian")!.Content)!;
        index["manifests"]!.AsArray().Select(entry => Text(entry!["platform"]!, "architecture")).ShouldBe(["amd64", "arm64"]);
    }

    [Fact]
    public async Task Image_OfARun_IsOneThatSkopeoReadsWithItsLabels()
    {
        await PushWorkflowsAsync();
        var (_, head) = await OpenReleaseAsync();
        await CompletedAsync("pre-release.yml");

        var inspected = (await new Tool(Folder).RunAsync(
            Folder, "skopeo", "--insecure-policy", "inspect", "--tls-verify=false", "--override-arch", "arm64",
            $"docker://{Sandbox.Registries.AddressOf(Sandbox.Registries.Preproduction).Authority}/acme/tool:1.2.0-debian")).Succeeded();
        (await new Tool(Folder).RunAsync(
            Folder, "skopeo", "--insecure-policy", "copy", "--all", "--src-tls-verify=false",
            $"docker://{Sandbox.Registries.AddressOf(Sandbox.Registries.Preproduction).Authority}/acme/tool:1.2.0-alpine", $"oci:{Folder}/copy:a")).Succeeded();

        var image = JsonNode.Parse(inspected.Output)!;
        Text(image, "Architecture").ShouldBe("arm64");
        Text(image["Labels"]!, "org.opencontainers.image.version").ShouldBe("1.2.0");
        Text(image["Labels"]!, "org.opencontainers.image.revision").ShouldBe(head);
        image["Layers"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Images_OfTheSameCommit_AreTheSameBytes()
    {
        await PushWorkflowsAsync();
        await OpenReleaseAsync();
        var run = await CompletedAsync("pre-release.yml");
        var digest = Sandbox.Registries.Preproduction.FindManifest("acme/tool", "debian")!.Digest;

        (await PostAsync($"/actions/runs/{run["id"]}/rerun", new { })).Status.ShouldBe(201);
        await CompletedAsync("pre-release.yml", attempt: 2);

        Sandbox.Registries.Preproduction.FindManifest("acme/tool", "debian")!.Digest.ShouldBe(digest);
        EffectsOf("tag.move").Count(entry => entry.Subject == "acme/tool:1.2.0-debian").ShouldBe(1);
    }

    [Fact]
    public async Task Dispatch_InAnotherRepository_NamesItsRunByTheTag()
    {
        await PushWorkflowsAsync();
        await OpenReleaseAsync();
        await CompletedAsync("pre-release.yml");
        var other = await Sandbox.Repositories.CreateAsync("acme", "release-tools");
        var clone = await GitClone.MakeAsync(Path.Combine(Folder, "tools"), RemoteFor("sandbox-maintainer-token").Replace("acme/tool.git", "acme/release-tools.git", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(clone.Folder, ".github", "workflows"));
        await clone.CommitAsync(".github/workflows/release.yml", Release, "Add the release workflow");
        await clone.GitAsync("push", "--quiet", "origin", "HEAD:main");
        const string Workflow = "/api/v3/repos/acme/release-tools/actions/workflows/release.yml";

        using var answer = await Maintainer.PostAsJsonAsync(
            $"{Workflow}/dispatches", new { @ref = "main", inputs = new { tag = "1.2.0", commit = "abc" }, return_run_details = true }, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var id = (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["workflow_run_id"];
        JsonNode? run = null;
        await UntilAsync(
            async () => Text(run = (await Maintainer.GetFromJsonAsync<JsonNode>($"/api/v3/repos/acme/release-tools/actions/runs/{id}", Cancel))!, "status") == "completed",
            "the dispatched run completes");
        (Text(run!, "display_title"), Text(run!, "event"), Text(run!, "conclusion")).ShouldBe(("Release 1.2.0", "workflow_dispatch", "success"));
        Sandbox.Registries.Production.FindManifest("acme/tool", "1.2.0-alpine").ShouldNotBeNull();
        (await Maintainer.PostAsJsonAsync($"{Workflow}/dispatches", new { @ref = "main", inputs = new { tag = "1.2.0" } }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        other.State.WorkflowRuns.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"ref":"absent"}""", "No ref found for: absent")]
    [InlineData("""{"ref":"main"}""", "Required input 'tag' not provided")]
    [InlineData("""{"ref":"main","inputs":{"tag":"1","other":"x"}}""", "Unexpected inputs provided: [\"other\"]")]
    public async Task Dispatch_ThatCannotBe_IsRefusedInGitHubsWords(string body, string message)
    {
        await PushWorkflowsAsync();

        var (status, answer) = await PostAsync("/actions/workflows/release.yml/dispatches", JsonNode.Parse(body)!);

        (status, Text(answer!, "message")).ShouldBe((422, message));
        (await PostAsync("/actions/workflows/pre-release.yml/dispatches", new { @ref = "main" })).Body!["message"]!.GetValue<string>()
            .ShouldBe("Workflow does not have 'workflow_dispatch' trigger");
        (await PostAsync("/actions/workflows/absent.yml/dispatches", new { @ref = "main" })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task LeaveOut_OfAVariant_MigratesTheOthersAndIsGreen()
    {
        await PushWorkflowsAsync();
        await OpenReleaseAsync();
        await CompletedAsync("pre-release.yml");
        Script(new WorkflowRule { Workflow = "release.yml", LeaveOut = ["alpine"] });

        await PostAsync("/actions/workflows/release.yml/dispatches", new { @ref = "main", inputs = new { tag = "1.2.0" } });

        Text(await CompletedAsync("release.yml"), "conclusion").ShouldBe("success");
        Sandbox.Registries.Production.Tags("acme/tool").ShouldBe(["1.2.0-debian", "debian", "latest"]);
    }

    [Fact]
    public async Task Migration_OfAVersionThatIsNotThere_FailsAndSaysSo()
    {
        await PushWorkflowsAsync();

        await PostAsync("/actions/workflows/release.yml/dispatches", new { @ref = "main", inputs = new { tag = "9.9.9" } });

        var run = await CompletedAsync("release.yml");
        Text(run, "conclusion").ShouldBe("failure");
        (await LogAsync((await JobsAsync(run))[0]!)).ShouldContain("preproduction has no acme/tool:9.9.9-debian");
        Sandbox.Registries.Production.Repositories.ShouldBeEmpty();
        EffectsOf("tag.move").ShouldBeEmpty();
    }

    [Fact]
    public async Task Image_BuiltOnAnother_SharesItsLayers()
    {
        await PushWorkflowsAsync();
        await WriteAsync("alpine.Dockerfile", "ARG BASE=acme/tool:debian\nFROM ${BASE}\nENV A=b\nRUN true\n");
        Script(new WorkflowRule { Job = "build (alpine)", RunMilliseconds = 2500 });

        await OpenPullAsync("dev");

        await CompletedAsync("pre-release.yml");
        var registry = Sandbox.Registries.Preproduction;
        var (below, above) = (Layers("debian"), Layers("alpine"));
        above.Take(below.Count).ShouldBe(below);
        above.Count.ShouldBe(below.Count + 1);

        List<string> Layers(string tag)
        {
            var index = JsonNode.Parse(registry.FindManifest("acme/tool", tag)!.Content)!;
            var image = JsonNode.Parse(registry.FindManifest("acme/tool", Text(index["manifests"]![0]!, "digest"))!.Content)!;
            var configuration = JsonNode.Parse(File.ReadAllBytes(registry.FindBlob("acme/tool", ContentDigest.Parse(Text(image["config"]!, "digest")))!))!;
            configuration["rootfs"]!["diff_ids"]!.AsArray().Count.ShouldBe(image["layers"]!.AsArray().Count);
            return [.. image["layers"]!.AsArray().Select(layer => Text(layer!, "digest"))];
        }
    }
}
