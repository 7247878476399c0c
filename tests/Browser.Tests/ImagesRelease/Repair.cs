using System.Diagnostics;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Browser.Tests.ImagesRelease;

/// <summary>Somebody's clone of the repository: repairs what a check found, and pushes it to <c>dev</c>.</summary>
internal sealed class Repair(Uri sandbox, string repository) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repair-").FullName;

    /// <returns>The commit that was pushed.</returns>
    public async Task<string> PushAsync(string file, string text, string message)
    {
        var url = new UriBuilder(new Uri(sandbox, $"/{repository}.git")) { UserName = "x", Password = Personas.Maintainer.Token }.Uri;
        await GitAsync("clone", "--quiet", "--branch", "dev", url.AbsoluteUri, ".");
        await File.WriteAllTextAsync(Path.Combine(_folder, file), text);
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Mara", "-c", "user.email=mara@example.org", "commit", "--quiet", "--message", message);
        await GitAsync("push", "--quiet", "origin", "dev");
        return await GitAsync("rev-parse", "HEAD");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = _folder })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        git.ExitCode.ShouldBe(0, string.Join(' ', arguments.Take(1)));
        return output.Trim();
    }
}
