using ReleaseDashboard.Sandbox.Git;

namespace ReleaseDashboard.Sandbox.Tests;

/// <summary>A real clone, driven by the real git.</summary>
public sealed class GitClone
{
    private GitClone(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<GitClone> MakeAsync(string folder, string remote)
    {
        Directory.CreateDirectory(folder);
        var clone = new GitClone(folder);
        await clone.GitAsync("clone", "--quiet", remote, ".");
        await clone.GitAsync("config", "user.name", "Mara Maintainer");
        await clone.GitAsync("config", "user.email", "maintainer@sandbox.example");
        return clone;
    }

    public async Task<string> CommitAsync(string file, string text, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, file), text, TestContext.Current.CancellationToken);
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "-m", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    /// <returns>Standard output.</returns>
    public async Task<string> GitAsync(params string[] arguments)
    {
        var answer = await TryGitAsync(arguments);
        answer.ExitCode.ShouldBe(0, $"git {arguments[0]}: {answer.Error}");
        return answer.Text;
    }

    public Task<GitAnswer> TryGitAsync(params string[] arguments) =>
        GitProcess.RunAsync(Folder, arguments, cancellationToken: TestContext.Current.CancellationToken);
}
