using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Import;

/// <summary>Finds out which submodules of imported branches a clone from the sandbox can follow.</summary>
internal static class SubmoduleNotes
{
    internal static async Task<IReadOnlyList<ImportedSubmodule>> ReadAsync(
        GitRepository git, IEnumerable<string> branches, string fullName, SandboxRepositories repositories)
    {
        var found = new List<ImportedSubmodule>();
        foreach (var branch in branches)
        {
            // Fails where the branch has no submodules, which is an answer.
            var answer = await git.RunAsync(["config", "--blob", $"refs/heads/{branch}:.gitmodules", "--null", "--get-regexp", @"^submodule\..*\.(path|url)$"]);
            if (!answer.Succeeded)
                continue;
            var values = answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.Split('\n', 2)).Where(entry => entry.Length == 2).ToLookup(entry => entry[0], entry => entry[1]);
            foreach (var key in values.Select(group => group.Key).Where(key => key.EndsWith(".url", StringComparison.Ordinal)))
            {
                var path = values[key[..^4] + ".path"].FirstOrDefault() ?? key;
                var url = values[key].Last();
                var target = Resolve(fullName, url);
                var present = target?.Split('/') is [var owner, var name] && repositories.Find(owner, name) is not null;
                found.Add(new ImportedSubmodule(path, url, target, present));
            }
        }

        return [.. found.Distinct()];
    }

    internal static string? Note(ImportedSubmodule submodule) => submodule switch
    {
        { Present: true } => null,
        { FullName: { } name } => $"Submodule {submodule.Path} is {submodule.Url}, which is {name} here and is missing: import it under that name.",
        _ => $"Submodule {submodule.Path} is {submodule.Url}, outside of the sandbox: a rehearsal reaches for the real one, if it can.",
    };

    /// <summary>Follows a relative address as git does: from the address of the repository, <c>OWNER/NAME.git</c>.</summary>
    private static string? Resolve(string fullName, string url)
    {
        if (!url.StartsWith("./", StringComparison.Ordinal) && !url.StartsWith("../", StringComparison.Ordinal))
            return null;
        var parts = fullName.Split('/').ToList();
        foreach (var part in url.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count == 0)
                return null;
            if (part == "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".")
                parts.Add(part.EndsWith(".git", StringComparison.Ordinal) ? part[..^4] : part);
        }

        return parts.Count == 2 ? string.Join('/', parts) : null;
    }
}
