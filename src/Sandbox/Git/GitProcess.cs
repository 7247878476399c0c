using System.Diagnostics;
using System.Text;

namespace ReleaseDashboard.Sandbox.Git;

/// <summary>What a git command answered.</summary>
/// <param name="ExitCode">0 is success.</param>
/// <param name="Output">Standard output, as bytes: file contents are not always text.</param>
/// <param name="Error">Standard error.</param>
public sealed record GitAnswer(int ExitCode, byte[] Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Standard output as text, without the last line break.</summary>
    public string Text => Encoding.UTF8.GetString(Output).TrimEnd('\n');

    /// <summary>Lines of standard output.</summary>
    public string[] Lines => Text.Length == 0 ? [] : Text.Split('\n');
}

/// <summary>Starts git with an argument array and an environment of its own: nothing of the caller's configuration reaches it.</summary>
public static class GitProcess
{
    /// <summary>Runs git in a repository's folder to its end.</summary>
    /// <param name="folder">The repository.</param>
    /// <param name="arguments">The command; values from outside belong behind <c>--end-of-options</c>.</param>
    /// <param name="environment">Variables besides the built ones, such as <c>GIT_AUTHOR_NAME</c>.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    public static async Task<GitAnswer> RunAsync(
        string folder,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? input = null,
        CancellationToken cancellationToken = default)
    {
        using var process = new Process { StartInfo = StartInfo(folder, arguments, environment) };
        process.Start();
        using var output = new MemoryStream();
        try
        {
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            var complaining = process.StandardError.ReadToEndAsync(cancellationToken);
            if (input is not null)
                await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input), cancellationToken);
            process.StandardInput.Close();
            await reading;
            var error = await complaining;
            await process.WaitForExitAsync(cancellationToken);
            return new GitAnswer(process.ExitCode, output.ToArray(), error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    internal static ProcessStartInfo StartInfo(
        string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var path = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = "/nonexistent"; // no user configuration
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }
}
