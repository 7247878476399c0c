using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Import;

/// <summary>
/// Brings an existing git repository in, with all branches and tags, so that its release can be rehearsed. Neither hooks nor
/// configuration of the source or of the user take part.
/// </summary>
public sealed class RepositoryImport(SandboxRepositories repositories, SandboxOptions options, TimeProvider time)
{
    private static readonly Dictionary<string, string> Environment = new() { ["GIT_ALLOW_PROTOCOL"] = "file:http:https" };

    /// <param name="fullName"><c>OWNER/NAME</c> in the sandbox.</param>
    /// <param name="pathOrUrl">A path of this machine (repository or bundle), or an http(s) address.</param>
    /// <param name="cancellationToken">Ends the transfer; nothing is left behind.</param>
    public async Task<ImportResult> ImportAsync(string fullName, string pathOrUrl, CancellationToken cancellationToken = default)
    {
        if (fullName.Split('/') is not [var owner, var name] || !IsName(owner) || !IsName(name))
            return new ImportResult.Refused($"'{fullName}' is no name of a repository: OWNER/NAME of letters, digits, '.', '_' and '-' is needed.");
        var (source, refusal) = ImportSource.Read(pathOrUrl);
        if (source is null)
            return new ImportResult.Refused(refusal!);
        if (repositories.Find(owner, name) is { } existing && (await existing.Git.RefsAsync()).Count > 0)
            return new ImportResult.Refused($"{fullName} is in the sandbox already.");

        // Fetched aside first: a broken transfer leaves no half repository under the name.
        var aside = Path.Combine(options.DataFolder, "importing", Guid.CreateVersion7(time.GetUtcNow()).ToString("N"));
        try
        {
            var fetched = await GitRepository.CreateAsync(aside, "main");
            var transfer = await Git(aside, ["fetch", "--quiet", "--no-tags", "--end-of-options", source, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"], cancellationToken);
            if (!transfer.Succeeded)
                return new ImportResult.Refused($"git could not fetch from {source}: {LastLine(transfer.Error)}");
            var branches = Names(await fetched.RefsAsync("refs/heads/"), "refs/heads/");
            if (branches.Count == 0)
                return new ImportResult.Refused($"The repository at {source} has no branch.");
            var defaultBranch = await DefaultBranchAsync(aside, source, branches, cancellationToken);
            var target = await repositories.CreateAsync(owner, name, defaultBranch, $"Imported from {source}");
            using (await target.EnterAsync())
            {
                await target.Git.DemandAsync(["fetch", "--quiet", "--no-tags", "--end-of-options", aside, "refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*"]);
                target.Save_NeedsTurn(await QuietRefs.Told_NeedsTurn(target));
            }

            var submodules = await SubmoduleNotes.ReadAsync(target.Git, branches, fullName, repositories);
            return new ImportResult.Imported(
                target.FullName,
                defaultBranch,
                branches,
                Names(await target.Git.RefsAsync("refs/tags/"), "refs/tags/"),
                submodules,
                [.. submodules.Select(SubmoduleNotes.Note).OfType<string>()]);
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
        }
    }

    private static async Task<string> DefaultBranchAsync(string folder, string source, List<string> branches, CancellationToken cancellationToken)
    {
        const string prefix = "ref: refs/heads/";
        var answer = await Git(folder, ["ls-remote", "--symref", "--end-of-options", source, "HEAD"], cancellationToken);
        var named = answer.Lines.FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..].Split('\t')[0];
        // A source may stand on no branch at all.
        return named is not null && branches.Contains(named)
            ? named
            : branches.Find(branch => branch is "main" or "master") ?? branches[0];
    }

    private static Task<GitAnswer> Git(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        GitProcess.RunAsync(folder, arguments, Environment, cancellationToken: cancellationToken);

    private static List<string> Names(IReadOnlyList<GitRef> refs, string prefix) => [.. refs.Select(found => found.Name[prefix.Length..])];

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && name[0] is not ('-' or '.') && !name.EndsWith(".git", StringComparison.Ordinal)
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static string LastLine(string text) => text.Trim().Split('\n')[^1].Trim();
}
