using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Files;

/// <summary>A workflow file of a commit: read, or at fault.</summary>
internal sealed record FoundWorkflow(string Path, WorkflowFile? File, string? Fault);

/// <summary>The workflow files of a commit.</summary>
internal static class WorkflowCatalog
{
    public const string Folder = ".github/workflows/";

    public static async Task<IReadOnlyList<FoundWorkflow>> ReadAsync(GitRepository git, string sha)
    {
        var listed = await git.DemandAsync(["ls-tree", "--name-only", "--end-of-options", sha, Folder]);
        var found = new List<FoundWorkflow>();
        foreach (var path in listed.Lines.Where(path => Path.GetExtension(path) is ".yml" or ".yaml"))
        {
            var (file, fault) = WorkflowReader.Read(path, (await git.DemandAsync(["cat-file", "blob", $"{sha}:{path}"])).Text);
            found.Add(new FoundWorkflow(path, file, fault));
        }

        return found;
    }

    /// <summary>A workflow's number, which its repository and path make: files can be written without anybody giving numbers out.</summary>
    public static int IdOf(SandboxRepository repository, string path)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{repository.FullName} {path}"));
        return BinaryPrimitives.ReadInt32BigEndian(hash) & int.MaxValue;
    }
}
