using System.Formats.Tar;
using ReleaseDashboard.Sandbox.Git;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>The files of a commit that an image is made of.</summary>
internal sealed record BuildContext(string Sha, DateTimeOffset Time, IReadOnlyDictionary<string, LayerFile> Files)
{
    public static async Task<BuildContext> ReadAsync(GitRepository git, string sha)
    {
        var commit = await git.CommitAsync(sha) ?? throw new InvalidDataException($"There is no commit {sha}.");
        var archive = await git.DemandAsync(["archive", "--format=tar", sha]);
        var files = new Dictionary<string, LayerFile>();
        using var tar = new TarReader(new MemoryStream(archive.Output));
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            using var content = new MemoryStream();
            if (entry.DataStream is not null)
                await entry.DataStream.CopyToAsync(content);
            files[entry.Name] = new LayerFile(content.ToArray(), entry.Mode.HasFlag(UnixFileMode.UserExecute));
        }

        return new BuildContext(sha, commit.Committer.Date, files);
    }

    /// <summary>The files a <c>COPY</c> names, by the path they get.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static Dictionary<string, LayerFile> Select(IReadOnlyDictionary<string, LayerFile> files, IReadOnlyList<string> sources, string target)
    {
        var into = target.EndsWith('/') || target.EndsWith("/.", StringComparison.Ordinal) || sources.Count > 1;
        var folder = target.TrimStart('.').Trim('/');
        var selected = new Dictionary<string, LayerFile>();
        foreach (var source in sources)
        {
            var path = source.StartsWith("./", StringComparison.Ordinal) ? source[2..].Trim('/') : source.Trim('/');
            if (files.TryGetValue(path, out var file))
            {
                var name = path[(path.LastIndexOf('/') + 1)..];
                selected[into || folder.Length == 0 ? Join(folder, name) : folder] = file;
                continue;
            }

            var prefix = path is "." or "" ? "" : path + "/";
            var inside = files.Where(each => each.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            if (inside.Count == 0)
                throw new InvalidDataException($"failed to compute cache key: \"/{path}\": not found");
            foreach (var (name, content) in inside)
                selected[Join(folder, name[prefix.Length..])] = content;
        }

        return selected;
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
