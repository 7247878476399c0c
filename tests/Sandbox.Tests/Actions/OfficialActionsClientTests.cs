using System.Diagnostics;
using System.Runtime.CompilerServices;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

namespace ReleaseDashboard.Sandbox.Tests.Actions;

/// <summary>Workflow runs through GitHub's own client, and against GitHub's own description.</summary>
public sealed class OfficialActionsClientTests : WorkflowTest
{
    [Theory]
    [InlineData("drive", "kinds of answers")]
    [InlineData("validate", "all as described")]
    public async Task OctokitRest_FromAPullRequestToADispatch_WorksAsDescribed(string mode, string said)
    {
        await PushWorkflowsAsync();
        await Clone.GitAsync("checkout", "--quiet", "-b", "feature/one");
        await Clone.CommitAsync("feature.txt", "one\n", "Add a feature");
        await Clone.GitAsync("push", "--quiet", "origin", "feature/one");
        Script(new WorkflowRule { Job = "build (alpine)", Outcome = "failure", Output = ["no such package"], Times = 1 });

        using var node = new Process
        {
            StartInfo = new ProcessStartInfo("node", ["actions.mjs", Sandbox.Address.ToString().TrimEnd('/'), mode])
            {
                UseShellExecute = false,
                WorkingDirectory = ClientFolder(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        node.Start();
        var (output, error) = (node.StandardOutput.ReadToEndAsync(Cancel), node.StandardError.ReadToEndAsync(Cancel));
        await node.WaitForExitAsync(Cancel);

        node.ExitCode.ShouldBe(0, await output + await error);
        (await output).ShouldContain(said);
    }

    private static string ClientFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "github-client"));
}
