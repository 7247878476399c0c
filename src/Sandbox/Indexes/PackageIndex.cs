using System.Collections.Immutable;
using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>
/// One simulated package index: immutable files, names that are never free again, and everything on disk before it is answered.
/// </summary>
public sealed partial class PackageIndex : IDisposable
{
    private readonly ReleaseFolder folder;
    private readonly WheelFolders? wheels;
    private readonly EffectLog effects;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim writing = new(1);
    private ImmutableDictionary<string, ImmutableList<IndexRelease>> projects; // by normalised name; replaced whole, so reads need no lock

    /// <param name="name">Name in addresses and in the effect log.</param>
    /// <param name="path">Folder of this index; made when the first file comes.</param>
    /// <param name="wheels">Read-only files listed besides the uploaded ones.</param>
    public PackageIndex(string name, string path, EffectLog effects, TimeProvider time, WheelFolders? wheels = null)
    {
        Name = name;
        Credentials = IndexCredentials.Of(name);
        folder = new ReleaseFolder(path);
        this.effects = effects;
        this.time = time;
        this.wheels = wheels;
        projects = folder.ReadAll()
            .GroupBy(release => ProjectName.Normalize(release.Project))
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableList());
    }

    /// <summary><c>test</c> or <c>production</c>.</summary>
    public string Name { get; }

    /// <summary>Who may upload.</summary>
    public IndexCredentials Credentials { get; }

    /// <summary>How long an uploaded file stays unseen by readers, as behind a content network.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Name of the service in the effect log.</summary>
    public string Service => $"index.{Name}";

    /// <summary>Normalised names of the projects that readers see.</summary>
    public IReadOnlyList<string> Projects =>
        [.. projects.Keys.Where(project => Uploaded(project).Count > 0)
            .Union(wheels?.Read().Select(file => ProjectName.Normalize(file.Release.Project)) ?? [])
            .Order(StringComparer.Ordinal)];

    /// <summary>The files of a project that readers see, oldest version first; empty when there is no such project.</summary>
    public IReadOnlyList<ListedFile> Files(string project)
    {
        var normalized = ProjectName.Normalize(project);
        var uploaded = Uploaded(normalized);
        var besides = wheels?.Read().Where(file => ProjectName.Normalize(file.Release.Project) == normalized
            && uploaded.All(own => own.File.FileName != file.File.FileName)) ?? [];
        return [.. uploaded.Concat(besides)
            .OrderBy(file => IndexVersion.TryParse(file.Release.Version)!, IndexVersion.Order)
            .ThenBy(file => file.File.FileName, StringComparer.Ordinal)];
    }

    public void Dispose() => writing.Dispose();

    private List<ListedFile> Uploaded(string normalized)
    {
        var now = time.GetUtcNow();
        var releases = projects.GetValueOrDefault(normalized) ?? [];
        return [.. from release in releases
                   from file in release.Files
                   where !file.Deleted && (file.Seeded || file.UploadedAt + Lag <= now)
                   select new ListedFile(release, file, folder.PathOf(release, file))];
    }

    /// <summary>Puts a release in the place of its older state: on disk first, then for readers.</summary>
    private async Task Replace_NeedsWriting(IndexRelease release, CancellationToken cancellationToken)
    {
        await folder.WriteAsync(release, time, cancellationToken);
        var project = ProjectName.Normalize(release.Project);
        var others = (projects.GetValueOrDefault(project) ?? []).RemoveAll(other => other.Version == release.Version);
        projects = projects.SetItem(project, others.Add(release));
    }

    private (IndexRelease Release, IndexFile File)? Find(string fileName)
    {
        // An index on a case-insensitive store would mix up names that differ in case only, so they count as the same.
        foreach (var release in projects.Values.SelectMany(releases => releases))
        {
            if (release.Files.FirstOrDefault(file => file.FileName.Equals(fileName, StringComparison.OrdinalIgnoreCase)) is { } file)
                return (release, file);
        }

        return null;
    }
}
