using System.Globalization;

namespace ReleaseDashboard.Sandbox.Git;

/// <summary>Questions to a bare repository on disk.</summary>
/// <param name="folder">The bare repository.</param>
public sealed class GitRepository(string folder)
{
    private const string CommitFormat = "%H%x00%T%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B%x00%x01";

    public string Folder => folder;

    /// <summary>Makes an empty bare repository that can be pushed to over HTTP.</summary>
    public static async Task<GitRepository> CreateAsync(string folder, string defaultBranch)
    {
        Directory.CreateDirectory(folder);
        var repository = new GitRepository(folder);
        await repository.DemandAsync(["init", "--quiet", "--bare", $"--initial-branch={defaultBranch}"]);
        await repository.DemandAsync(["config", "http.receivepack", "true"]);
        await repository.DemandAsync(["config", "uploadpack.allowAnySHA1InWant", "true"]);
        await repository.DemandAsync(["config", "core.fsync", "all"]);
        return repository;
    }

    public async Task<IReadOnlyList<GitRef>> RefsAsync(params string[] prefixes)
    {
        string[] format = ["for-each-ref", "--format=%(refname) %(objectname) %(objecttype) %(*objectname)"];
        var lines = (await DemandAsync([.. format, .. prefixes])).Lines;
        return [.. lines.Select(line => line.Split(' ')).Select(part => new GitRef(part[0], part[1], part[2], part[3].Length > 0 ? part[3] : part[1]))];
    }

    public async Task<GitRef?> RefAsync(string name) => (await RefsAsync(name)).FirstOrDefault(found => found.Name == name);

    /// <returns>The commit a branch, tag, full ref or id names, or null.</returns>
    public async Task<string?> ResolveAsync(string revision)
    {
        if (revision.Length == 0 || revision[0] == '-')
            return null;
        foreach (var candidate in (string[])[$"refs/heads/{revision}", $"refs/tags/{revision}", revision])
        {
            var answer = await RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", candidate + "^{commit}"]);
            if (answer.Succeeded)
                return answer.Lines[^1];
        }

        return null;
    }

    public async Task<GitCommit?> CommitAsync(string sha) => await LogAsync(1, 0, sha) is [var commit, ..] ? commit : null;

    /// <summary>Commits of a range, newest first.</summary>
    public async Task<IReadOnlyList<GitCommit>> LogAsync(int most, int skip, params string[] range)
    {
        string[] command = ["log", $"--format={CommitFormat}", $"--max-count={most}", $"--skip={skip}", "--end-of-options", .. range, "--"];
        var answer = await RunAsync(command);
        return answer.Succeeded ? [.. answer.Text.Split('\u0001', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<GitCommit>()] : [];
    }

    public async Task<int> CountAsync(string range) =>
        int.Parse((await DemandAsync(["rev-list", "--count", "--end-of-options", range])).Text, CultureInfo.InvariantCulture);

    /// <returns>The ids of a range, oldest first.</returns>
    public async Task<string[]> IdsAsync(string range, bool withMerges = true) => (await DemandAsync(
        withMerges ? ["rev-list", "--reverse", "--end-of-options", range] : ["rev-list", "--reverse", "--no-merges", "--end-of-options", range])).Lines;

    public async Task<string?> MergeBaseAsync(string left, string right) =>
        await RunAsync(["merge-base", "--end-of-options", left, right]) is { Succeeded: true } answer ? answer.Text : null;

    public async Task<bool> ContainsAsync(string descendant, string ancestor) =>
        (await RunAsync(["merge-base", "--is-ancestor", ancestor, descendant])).Succeeded;

    /// <summary>Runs git here.</summary>
    public Task<GitAnswer> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null) =>
        GitProcess.RunAsync(folder, arguments, environment, input);

    /// <summary>Runs git here.</summary>
    /// <exception cref="InvalidOperationException">Git failed where it cannot, as long as the repository is whole.</exception>
    public async Task<GitAnswer> DemandAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var answer = await RunAsync(arguments, environment, input);
        return answer.Succeeded ? answer : throw new InvalidOperationException($"git {arguments[0]}: {answer.Error.Trim()}");
    }

    private static GitCommit? Parse(string record)
    {
        var part = record.TrimStart('\n').Split('\0');
        return part.Length < 10
            ? null
            : new GitCommit(
                part[0], part[1], part[2].Split(' ', StringSplitOptions.RemoveEmptyEntries),
                new GitPerson(part[3], part[4], Moment(part[5])), new GitPerson(part[6], part[7], Moment(part[8])), part[9].TrimEnd('\n'));
    }

    private static DateTimeOffset Moment(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
}
