using System.Security.Cryptography;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>
/// The one file that was built and checked. Written last, so it is there only when everything before it was done: an
/// attempt after a crash then takes these bytes and never makes others.
/// </summary>
internal sealed record BuiltFile(string Commit, string Version, string File, string Sha256, long Size)
{
    /// <summary>The wheel that was built beside it; null when only a source package was.</summary>
    public BuiltWheel? Wheel { get; init; }

    private static string MarkerOf(string workspace) => Path.Combine(workspace, "built.json");

    /// <summary>What was built in this workspace, or null.</summary>
    public static BuiltFile? Read(string workspace) =>
        System.IO.File.Exists(MarkerOf(workspace)) ? JsonSerializer.Deserialize<BuiltFile>(System.IO.File.ReadAllText(MarkerOf(workspace))) : null;

    public static void Forget(string workspace) => System.IO.File.Delete(MarkerOf(workspace));

    public void Write(string workspace)
    {
        var fresh = MarkerOf(workspace) + ".new";
        System.IO.File.WriteAllText(fresh, JsonSerializer.Serialize(this));
        System.IO.File.Move(fresh, MarkerOf(workspace), overwrite: true);
    }

    /// <summary>Whether the bytes in the workspace are still those that were built.</summary>
    public bool IsIntact(string workspace) => IsIntact(workspace, File, Sha256) && (Wheel is null || IsIntact(workspace, Wheel.File, Wheel.Sha256));

    private static bool IsIntact(string workspace, string file, string sha256) =>
        ReleaseWorkspace.DistFile(workspace, file) is var path && System.IO.File.Exists(path) && Hash(path) == sha256;

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Hash(string path)
    {
        using var stream = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>A wheel of the same build.</summary>
internal sealed record BuiltWheel(string File, string Sha256, long Size);
