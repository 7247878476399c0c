using System.Diagnostics;

namespace ReleaseDashboard.Web.Tests.Api;

/// <summary>A real repository in a temporary folder, with <c>main</c>, <c>dev</c> and two tags.</summary>
internal sealed class GitRemoteFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rd-remote-");

    public GitRemoteFolder()
    {
        Git("init", "--quiet", "--initial-branch=main");
        Git("commit", "--quiet", "--allow-empty", "--message", "first");
        Git("tag", "1.9.0");
        Git("tag", "1.10.0");
        Git("tag", "1.11.0b1");
        Git("checkout", "--quiet", "-b", "dev");
        Git("commit", "--quiet", "--allow-empty", "--message", "second");
    }

    public string Url => "file://" + folder.FullName;

    public string DevCommit => Git("rev-parse", "dev");

    public void Dispose() => folder.Delete(recursive: true);

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder.FullName, "-c", "user.name=Test", "-c", "user.email=test@example.org", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return output.Trim();
    }
}
