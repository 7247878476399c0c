using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.Python;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Puts what was built of the package into a checkout, for Dockerfiles to copy: images then hold the approved bytes, and need neither git
/// nor a build of their own to know their version.
/// </summary>
internal static class PackageFiles
{
    private const string Folder = "dist";

    public static IReadOnlyList<InputDescription> Inputs { get; } =
    [
        new("version_file", ValueKind.Text, "File that the package's build writes the version into; it is put into the checkout as it is in the source package"),
        new("file", ValueKind.Text, "Source package to put into the checkout's dist folder"),
        new("sha256", ValueKind.Text, "Its SHA-256"),
        new("wheel", ValueKind.Text, "Wheel to put there"),
        new("wheel_sha256", ValueKind.Text, "Its SHA-256"),
    ];

    /// <summary>For the plan.</summary>
    public static IEnumerable<string> Shown(StepInputs inputs) =>
        [.. Files(inputs).Select(file => $"{Folder}/{file.Name}"), .. inputs.Text("version_file") is { Length: > 0 } path ? new[] { path } : []];

    /// <returns>Why they cannot be put there, or null.</returns>
    public static StepError? Place(StepContext context, string checkout)
    {
        foreach (var (name, sha256) in Files(context.Inputs))
        {
            var from = BuiltFiles.Locate(context, name, sha256);
            if (!File.Exists(from) || BuiltFile.Hash(from) != sha256)
                return Error("file-missing", $"{name} is not there as it was built.", $"The worker has no {name} with SHA-256 {sha256}.", "Run on the worker that built it, or abort and start again: other bytes are not put into images.");
            Directory.CreateDirectory(Path.Combine(checkout, Folder));
            File.Copy(from, Path.Combine(checkout, Folder, Path.GetFileName(from)), overwrite: true);
            context.Log.Write($"{Folder}/{name} is in the checkout");
        }
        return context.Inputs.Text("version_file") is { Length: > 0 } path ? PlaceVersion(context, checkout, path) : null;
    }

    private static StepError? PlaceVersion(StepContext context, string checkout, string path)
    {
        if (context.Inputs.Text("file") is not { Length: > 0 } name || context.Inputs.Text("sha256") is not { } sha256)
            return Error("bad-input", "The input 'version_file' needs 'file' and 'sha256'.", "It is taken from the source package.", "Correct the playbook.");
        if (WorkspaceFile.Locate(checkout, path) is not { } target)
            return Error("bad-path", $"{path} leads out of the repository.", "Paths are relative to the repository and follow no links.", "Correct the path in the project's settings.");
        if (VersionFile.OfSource(BuiltFiles.Locate(context, name, sha256), path) is not { } text)
            return Error("version-file", $"{name} has no {path}.", "The build of the package did not write it, or left it out.", "Correct the path in the project's settings, or the build.");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, text);
        context.Log.Write($"{path} is in the checkout, as the build of the package wrote it");
        return null;
    }

    private static IEnumerable<(string Name, string Sha256)> Files(StepInputs inputs)
    {
        if (inputs.Text("file") is { Length: > 0 } file)
            yield return (file, inputs.Text("sha256") ?? "");
        if (inputs.Text("wheel") is { Length: > 0 } wheel)
            yield return (wheel, inputs.Text("wheel_sha256") ?? "");
    }

    private static StepError Error(string code, string what, string why, string whatToDo) => new(code, what, why, whatToDo);
}
