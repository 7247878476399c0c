using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>
/// Keeps what was built by its SHA-256, outside the workspace: a workspace can be made again, the same bytes cannot always.
/// </summary>
internal static class BuiltFiles
{
    /// <summary>Copies a built file into the store. Nothing happens when it is there.</summary>
    public static void Keep(StepContext context, string path, string sha256)
    {
        var kept = PathOf(context, Path.GetFileName(path), sha256);
        if (File.Exists(kept) && BuiltFile.Hash(kept) == sha256)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        // Copied beside and then renamed: a copy that a crash cut off never has the name.
        var fresh = kept + ".new";
        File.Copy(path, fresh, overwrite: true);
        File.Move(fresh, kept, overwrite: true);
    }

    /// <summary>Where the file is: in the store, or where a release that began before there was one has it. It may be gone.</summary>
    /// <exception cref="ArgumentException">The name is not the plain name of a file.</exception>
    public static string Locate(StepContext context, string name, string? sha256)
    {
        var dist = ReleaseWorkspace.DistFile(context.Workspace, name);
        return IsHash(sha256) && PathOf(context, name, sha256!) is var kept && (File.Exists(kept) || !File.Exists(dist)) ? kept : dist;
    }

    private static string PathOf(StepContext context, string name, string sha256) => Path.Combine(context.Artifacts, sha256, name);

    // It becomes part of a path, and a person may have corrected it.
    private static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
}
