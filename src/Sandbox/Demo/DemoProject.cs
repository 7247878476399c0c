using System.Globalization;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.Import;
using ReleaseDashboard.Sandbox.Indexes;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Demo;

/// <summary>
/// The projects a fresh sandbox shows: <c>example/hello-wrapper</c> with its submodules, three releases on both indexes, and a
/// <c>dev</c> branch that is ready to become 1.2.0; and one of the submodules, <c>example/hello-images</c>, with a release in both
/// registries and a <c>dev</c> branch that is ready to become 3.4.0. Commits and images are the same on every machine.
/// </summary>
public sealed class DemoProject(SandboxRepositories repositories, PackageIndexes indexes, DemoImages images)
{
    /// <summary>Owner of the demo's repositories.</summary>
    public const string Owner = "example";

    /// <summary>Repository that is released.</summary>
    public const string Name = "hello-wrapper";

    // Submodules first: the commits of the last one pin theirs.
    private static readonly (string Name, string Description)[] Parts =
    [
        (DemoImages.Name, "Images of hello-wrapper, for two platforms"),
        ("hello-resources", "Banners and profiles of hello-wrapper"),
        (Name, "Greets people, wrapped around images and resources"),
    ];

    /// <summary>Makes whatever of the demo is not there yet, and touches nothing that is.</summary>
    /// <returns>Whether the repository that is released was made now.</returns>
    public async Task<bool> CreateAsync(CancellationToken cancellationToken = default)
    {
        var pinned = new Dictionary<string, string>();
        var parts = new Dictionary<string, DemoRepository>();
        var made = false;
        foreach (var (name, description) in Parts)
        {
            var part = parts[name] = DemoRepository.Load(name);
            var target = await repositories.CreateAsync(Owner, name, part.History.ReleaseBranch ?? part.History.Branch, description);
            made = await FillAsync(target, part, pinned, cancellationToken);
            foreach (var commit in part.History.Commits.Where(commit => commit.Id is not null))
            {
                if (await PinnedAsync(target, part.History.Branch, commit.Subject!) is { } id)
                    pinned[commit.Id!] = id;
            }
        }

        await images.SeedAsync(parts[DemoImages.Name], cancellationToken);
        foreach (var state in parts[Name].States.Where(state => state.Commit.Release is not null))
            await SeedAsync(state, parts, cancellationToken);
        return made;
    }

    // Subjects are different within a repository. It may be one of an older sandbox, without the branch or the commit.
    private static async Task<string?> PinnedAsync(SandboxRepository target, string branch, string subject) =>
        await target.Git.RefAsync("refs/heads/" + branch) is { } tip
            ? (await target.Git.DemandAsync(["log", "--format=%H %s", tip.Sha])).Lines.FirstOrDefault(line => line[41..] == subject)?[..40]
            : null;

    private static async Task<bool> FillAsync(
        SandboxRepository target, DemoRepository part, Dictionary<string, string> pinned, CancellationToken cancellationToken)
    {
        using var turn = await target.EnterAsync();
        // The document knows the refs last. A fill that was cut short is made again, and makes the same commits.
        if (target.State.Refs.Count > 0)
            return false;
        var answer = await GitProcess.RunAsync(
            target.Git.Folder, ["fast-import", "--quiet", "--done"], input: FastImport.Stream(part, pinned), cancellationToken: cancellationToken);
        if (!answer.Succeeded)
            throw new InvalidOperationException($"git fast-import of {part.Name}: {answer.Error.Trim()}");
        target.Save_NeedsTurn(DemoReleases.Add(await QuietRefs.Told_NeedsTurn(target), part.History));
        return true;
    }

    private async Task SeedAsync(DemoState state, Dictionary<string, DemoRepository> parts, CancellationToken cancellationToken)
    {
        var version = state.Commit.Release!;
        // Named with a dash, as Debian's setuptools 66 names it.
        var stem = string.Create(CultureInfo.InvariantCulture, $"{Name}-{version}");
        var files = state.Files.Where(file => !file.Key.StartsWith(".git", StringComparison.Ordinal)).ToDictionary();
        foreach (var (folder, id) in state.Pins)
        {
            var pinned = parts.Values.SelectMany(part => part.States).First(other => other.Commit.Id == id);
            foreach (var (path, text) in pinned.Files)
                files[$"{folder}/{path}"] = text;
        }

        files["PKG-INFO"] = SourceDistribution.Metadata(version, state.Files);
        var content = SourceDistribution.Pack(stem, files, state.Commit.At);
        await indexes.Test.SeedAsync(stem + ".tar.gz", content, state.Commit.At.AddMinutes(3), cancellationToken);
        await indexes.Production.SeedAsync(stem + ".tar.gz", content, state.Commit.At.AddMinutes(9), cancellationToken);
    }
}
