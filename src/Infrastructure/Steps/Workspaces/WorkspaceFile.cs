using System.Text;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>A text file of a checkout, reached by a path from the project's settings.</summary>
internal static class WorkspaceFile
{
    // Strict: a file in another encoding must not be rewritten with question marks in it.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Text of the file, byte order mark and line ends as they are.</summary>
    public static Result<string, StepError> Read(string root, string path)
    {
        if (Locate(root, path) is not { } full)
            return Error("bad-path", $"{path} leads out of the repository.", "Paths are relative to the repository and follow no links.", "Correct the path in the project's settings.");
        if (!File.Exists(full))
            return Error("no-file", $"{path} does not exist.", "The project's settings name a file that this commit does not have.", "Correct the path in the project's settings, or add the file.");
        try
        {
            return Strict.GetString(File.ReadAllBytes(full));
        }
        catch (DecoderFallbackException)
        {
            return Error("not-utf8", $"{path} is not UTF-8 text.", "Only UTF-8 files are changed.", "Convert the file and commit it.");
        }
    }

    /// <summary>Replaces the text of a file that <see cref="Read"/> could read: all of it or nothing, its mode kept.</summary>
    public static void Write(string root, string path, string text)
    {
        var full = Locate(root, path) ?? throw new ArgumentException($"'{path}' leads out of the repository.", nameof(path));
        var fresh = full + ".new";
        File.Copy(full, fresh, overwrite: true);
        File.WriteAllBytes(fresh, Strict.GetBytes(text));
        File.Move(fresh, full, overwrite: true);
    }

    /// <summary>The full path, or null when it leads out of the repository: links may lead anywhere, .git into the configuration that git runs.</summary>
    public static string? Locate(string root, string path)
    {
        if (path.Length == 0 || Path.IsPathRooted(path))
            return null;
        var full = root;
        foreach (var part in path.Split('/'))
        {
            if (part is "" or "." or ".." || part.Equals(".git", StringComparison.OrdinalIgnoreCase))
                return null;
            full = Path.Combine(full, part);
            if (new FileInfo(full).LinkTarget is not null)
                return null;
        }
        return full;
    }

    private static StepError Error(string code, string what, string why, string whatToDo) => new(code, what, why, whatToDo);
}
