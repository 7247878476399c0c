using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.Tests.Actions;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Webhooks;

/// <summary>The events of a whole release against GitHub's own description of its webhooks, from npm.</summary>
public sealed class WebhookDescriptionTests : WorkflowTest
{
    [Fact]
    public async Task Events_OfARelease_AreAsGitHubDescribesThem()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await PushWorkflowsAsync();
        await PostAsync("/hooks", new { config = new { url = receiver.Url }, events = new[] { "*" } });
        Script(new WorkflowRule { Job = "build (alpine)", Outcome = "failure", Times = 1 });
        var (number, _) = await OpenReleaseAsync();
        var run = await CompletedAsync("pre-release.yml");
        (await PostAsync($"/actions/runs/{run["id"]}/rerun", new { })).Status.ShouldBe(201);
        await CompletedAsync("pre-release.yml", attempt: 2);
        await PostAsync($"/pulls/{number}/reviews", new { @event = "APPROVE" }, Reviewer);
        await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { });
        await Clone.GitAsync("tag", "-a", "1.2.0", "-m", "Release 1.2.0");
        await Clone.GitAsync("push", "--quiet", "origin", "1.2.0");
        await CompletedAsync("release.yml");
        await PostAsync("/releases", new { tag_name = "1.2.0" });
        var all = await receiver.AllUntilAsync(received => received is { Event: "release", Action: "published" }, Cancel);

        var said = await ValidateAsync(all);

        foreach (var kind in (string[])["workflow-run-requested", "workflow-run-in-progress", "workflow-run-completed", "workflow-job-queued", "workflow-job-in-progress", "workflow-job-completed",
            "check-run-created", "check-run-completed", "check-suite-requested", "pull-request-opened", "pull-request-closed", "pull-request-review-submitted", "push", "create", "release-published"])
            said.ShouldContain(kind);
        said.ShouldContain("all as described");
    }

    private async Task<string> ValidateAsync(IReadOnlyList<Received> all)
    {
        Directory.Exists(Path.Combine(ClientFolder(), "node_modules", "@octokit", "openapi-webhooks")).ShouldBeTrue("Run tests/Sandbox.Tests/github-client/install first.");
        using var node = new Process
        {
            StartInfo = new ProcessStartInfo("node", ["webhooks.mjs"])
            {
                UseShellExecute = false,
                WorkingDirectory = ClientFolder(),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            },
        };
        node.Start();
        var (output, error) = (node.StandardOutput.ReadToEndAsync(Cancel), node.StandardError.ReadToEndAsync(Cancel));
        foreach (var received in all)
            await node.StandardInput.WriteLineAsync(new JsonObject { ["event"] = received.Event, ["body"] = JsonNode.Parse(received.Body) }.ToJsonString());
        node.StandardInput.Close();
        await node.WaitForExitAsync(Cancel);
        node.ExitCode.ShouldBe(0, await output + await error);
        return await output;
    }

    private static string ClientFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "github-client"));
}
