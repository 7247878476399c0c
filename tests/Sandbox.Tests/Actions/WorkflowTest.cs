using System.Text.Json.Nodes;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

namespace ReleaseDashboard.Sandbox.Tests.Actions;

/// <summary>A repository whose <c>main</c> has workflows: one for pull requests, one for tags and dispatches.</summary>
public abstract class WorkflowTest : SandboxTest
{
    protected const string PreRelease = """
        name: pre-release
        run-name: Check ${{ github.event.pull_request.title }}
        on:
          pull_request:
            branches: [main]
        jobs:
          build:
            runs-on: ubuntu-latest
            strategy:
              matrix:
                variant: [debian, alpine]
            steps:
              - uses: actions/checkout@v4
              - name: Build ${{ matrix.variant }}
                uses: sandbox/build-image
                with:
                  variant: ${{ matrix.variant }}
                  platforms: linux/amd64,linux/arm64
                  repository: acme/tool
                  version: ${{ github.event.pull_request.title }}
                  latest: debian
          smoke:
            name: Smoke tests
            needs: build
            steps:
              - run: |
                  docker run acme/tool:debian --version
                  echo done
        """;

    protected const string Release = """
        name: release
        run-name: Release ${{ inputs.tag || github.ref_name }}
        on:
          push:
            tags: ["[0-9]+.[0-9]+.[0-9]+*"]
          workflow_dispatch:
            inputs:
              tag:
                required: true
              commit:
                required: false
        jobs:
          migrate:
            steps:
              - name: Migrate
                uses: sandbox/migrate-images
                with:
                  version: ${{ inputs.tag || github.ref_name }}
                  variants: debian alpine
                  repository: acme/tool
                  latest: debian
        """;

    /// <summary>Commits the workflows and two Dockerfiles to <c>main</c>.</summary>
    protected async Task<string> PushWorkflowsAsync()
    {
        Directory.CreateDirectory(Path.Combine(Clone.Folder, ".github", "workflows"));
        await WriteAsync(".github/workflows/pre-release.yml", PreRelease);
        await WriteAsync(".github/workflows/release.yml", Release);
        await WriteAsync("debian.Dockerfile", "FROM debian:12\nRUN apt-get install --yes python3\nCOPY README.md /usr/share/doc/\nCMD [\"python3\"]\n");
        var commit = await Clone.CommitAsync(
            "alpine.Dockerfile", "FROM alpine:3 AS build\nRUN make\nFROM alpine:3\nCOPY --from=build /out /opt/tool\nCMD [\"/opt/tool\"]\n", "Add images");
        await Clone.GitAsync("push", "--quiet", "origin", "main");
        return commit;
    }

    protected async Task<(int Number, string Head)> OpenReleaseAsync(string title = "Release 1.2.0")
    {
        var (number, head) = await OpenPullAsync("dev");
        await SendAsync(HttpMethod.Patch, $"/pulls/{number}", new { title = "renamed later" });
        await SendAsync(HttpMethod.Patch, $"/pulls/{number}", new { state = "closed" });
        await SendAsync(HttpMethod.Patch, $"/pulls/{number}", new { title, state = "open" });
        return (number, head);
    }

    /// <summary>Waits for the newest run of a workflow to be over.</summary>
    protected async Task<JsonNode> CompletedAsync(string workflow, int attempt = 1)
    {
        JsonNode? run = null;
        await UntilAsync(
            async () =>
            {
                run = (await GetAsync($"/actions/workflows/{workflow}/runs"))["workflow_runs"]!.AsArray().FirstOrDefault();
                return run?["status"]!.GetValue<string>() == "completed" && run["run_attempt"]!.GetValue<int>() == attempt;
            },
            $"{workflow} completes");
        return run!;
    }

    protected async Task<JsonArray> JobsAsync(JsonNode run, string query = "") => (await GetAsync($"/actions/runs/{run["id"]}/jobs{query}"))["jobs"]!.AsArray();

    protected async Task<string> LogAsync(JsonNode job) => await Maintainer.GetStringAsync($"/api/v3/repos/acme/tool/actions/jobs/{job["id"]}/logs", Cancel);

    protected static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";

    protected void Script(params WorkflowRule[] rules) => Sandbox.Workflows.Replace(rules);

    protected Task WriteAsync(string path, string text) => File.WriteAllTextAsync(Path.Combine(Clone.Folder, path), text, Cancel);
}
