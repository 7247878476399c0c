namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>What every child process starts from, instead of this process's own environment and its tokens.</summary>
/// <param name="HomeDirectory">A private folder: the tools' settings and caches go there, none are read from the user's own home.</param>
/// <param name="SearchPath">Folders with programs, separated by colons.</param>
public sealed record ProcessEnvironment(string HomeDirectory, string SearchPath)
{
    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>With the search path of this process.</summary>
    public static ProcessEnvironment WithHome(string homeDirectory) =>
        new(homeDirectory, Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : UsualPath);

    public Dictionary<string, string> Build(IReadOnlyDictionary<string, string>? given)
    {
        var built = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = SearchPath,
            ["HOME"] = HomeDirectory,
            ["LANG"] = "C.UTF-8",
        };
        foreach (var (name, value) in given ?? new Dictionary<string, string>()) built[name] = value;
        return built;
    }

    /// <summary>The absolute path of a program, or null when there is none.</summary>
    public static string? Find(string fileName, string searchPath, string workingDirectory)
    {
        if (fileName.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(fileName, workingDirectory);
            return IsExecutable(path) ? path : null;
        }

        return searchPath
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, fileName))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows()
        && File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
