using System.Diagnostics;

namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>How a program ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Its output; an assertion fails when it did not end well.</summary>
    public string Ok()
    {
        ExitCode.ShouldBe(0, $"{Output}\n{Errors}");
        return Output.Trim();
    }
}

/// <summary>Runs real programs: git, pip, the product's command line.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static Task<ToolResult> RunAsync(string folder, string program, params IReadOnlyList<string> arguments) =>
        RunWithInputAsync(folder, "", program, arguments);

    public static async Task<ToolResult> RunWithInputAsync(string folder, string input, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Neither the worker's nor the developer's own configuration takes part.
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_SYSTEM"] = "/dev/null";
        start.Environment["PIP_CONFIG_FILE"] = "/dev/null";
        foreach (var role in new[] { "AUTHOR", "COMMITTER" })
        {
            start.Environment[$"GIT_{role}_NAME"] = "Ana";
            start.Environment[$"GIT_{role}_EMAIL"] = "ana@example.org";
        }
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new ToolResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit}.", late);
        }
    }
}
