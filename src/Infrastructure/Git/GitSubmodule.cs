using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>A submodule as a commit has it.</summary>
/// <param name="Path">From the top of the repository.</param>
/// <param name="Url">Resolved against the address of the outer repository.</param>
/// <param name="Branch">The branch that .gitmodules names, if any.</param>
/// <param name="Pinned">The commit that the outer commit records.</param>
public sealed record GitSubmodule(string Name, string Path, RemoteUrl Url, BranchName? Branch, CommitSha Pinned);

/// <summary>Reads .gitmodules, which anyone with a pull request can write, and refuses what could reach out of the tree or run something.</summary>
internal static class GitModulesFile
{
    /// <summary>Sections of the file as <c>git config --list -z</c> prints it: <c>submodule.NAME.KEY LF VALUE NUL</c>.</summary>
    public static Result<IReadOnlyList<GitSubmodule>, GitError> Read(
        string config, IReadOnlyDictionary<string, CommitSha> pins, RemoteUrl outer, bool allowFile)
    {
        var found = new List<GitSubmodule>();
        foreach (var section in Entries(config).GroupBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var values = section.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
            var path = values.GetValueOrDefault("path", "");
            var address = values.GetValueOrDefault("url", "");
            if (Fault(section.Key, path) is { } fault) return Refuse(section.Key, fault);
            if (values.GetValueOrDefault("update", "checkout") is not ("checkout" or "none")) return Refuse(section.Key, "it asks for another way of updating.");
            if (!outer.TryResolve(address, allowFile, out var url, out fault)) return Refuse(section.Key, fault);
            if (outer.Uri.Scheme == "https" && url.Uri.Scheme == "http") return Refuse(section.Key, "it leaves https.");
            BranchName? branch = null;
            // "." stands for the branch of the outer repository.
            if (values.TryGetValue("branch", out var name) && name != "." && !BranchName.TryParse(name, out branch, out fault))
                return Refuse(section.Key, fault);
            // An entry that the commit does not pin is a leftover in the file.
            if (pins.TryGetValue(path, out var pin)) found.Add(new GitSubmodule(section.Key, path, url, branch, pin));
        }

        return found;
    }

    private static GitError Refuse(string name, string fault) => GitError.Refused($"The submodule '{name}' is refused: {fault}");

    private static string? Fault(string name, string path)
    {
        if (IsUnsafe(name)) return "its name leaves the place for submodules.";
        if (IsUnsafe(path)) return $"its path '{path}' leaves the repository.";
        return null;
    }

    private static bool IsUnsafe(string text) =>
        text.Length == 0
        || text.StartsWith('-')
        || text.StartsWith('/')
        || text.Any(char.IsControl)
        || text.Split('/', '\\').Any(part => part is "" or "." or ".." || part.Equals(".git", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(string Name, string Key, string Value)> Entries(string config)
    {
        const string prefix = "submodule.";
        foreach (var entry in config.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split('\n', 2);
            var dot = parts[0].LastIndexOf('.');
            if (parts[0].StartsWith(prefix, StringComparison.Ordinal) && dot > prefix.Length)
                yield return (parts[0][prefix.Length..dot], parts[0][(dot + 1)..], parts.Length == 2 ? parts[1] : "");
        }
    }
}
