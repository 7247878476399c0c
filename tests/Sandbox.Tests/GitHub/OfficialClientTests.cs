using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ReleaseDashboard.Sandbox.Tests.GitHub;

/// <summary>GitHub's own client and GitHub's own description, from npm. They are installed by <c>github-client/install</c>.</summary>
public sealed class OfficialClientTests : SandboxTest
{
    [Fact]
    public async Task OctokitRest_AWholeRelease_WorksAgainstTheSandbox() => await RunScenarioAsync("drive");

    [Fact]
    public async Task Answers_AWholeRelease_AreAsGitHubDescribesThem() => (await RunScenarioAsync("validate")).ShouldContain("all as described");

    private static string ClientFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "github-client"));

    private async Task<string> RunScenarioAsync(string mode)
    {
        Directory.Exists(Path.Combine(ClientFolder(), "node_modules", "@octokit")).ShouldBeTrue("Run tests/Sandbox.Tests/github-client/install first.");
        await Clone.GitAsync("checkout", "--quiet", "-b", "feature/one");
        await Clone.CommitAsync("feature.txt", "one\n", "Add a feature");
        await Clone.GitAsync("checkout", "--quiet", "-b", "conflict", "main");
        await Clone.CommitAsync("feature.txt", "two\n", "Add another feature of that name");
        await Clone.GitAsync("push", "--quiet", "origin", "feature/one", "conflict");

        using var node = new Process
        {
            StartInfo = new ProcessStartInfo("node")
            {
                UseShellExecute = false,
                WorkingDirectory = ClientFolder(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList = { "scenario.mjs", Sandbox.Address.ToString().TrimEnd('/'), mode },
            },
        };
        node.Start();
        var output = node.StandardOutput.ReadToEndAsync(Cancel);
        var error = node.StandardError.ReadToEndAsync(Cancel);
        await node.WaitForExitAsync(Cancel);
        node.ExitCode.ShouldBe(0, await output + await error);
        return await output;
    }
}
