using System.Text.Json;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>
/// The files and release documents of one index on disk. A release document is the truth: it is written, whole, after the bytes
/// are in their place, so bytes without a document are the rest of an upload that never finished, and are overwritten by the next.
/// </summary>
internal sealed class ReleaseFolder(string folder)
{
    private string Incoming => Path.Combine(folder, "incoming");

    internal string PathOf(IndexRelease release, IndexFile file) => FilePath(release.Project, file.FileName);

    /// <summary>A place for bytes that are still coming in, on the same disk as their final place.</summary>
    internal string NewTemporaryPath(TimeProvider time)
    {
        Directory.CreateDirectory(Incoming);
        return Path.Combine(Incoming, Guid.CreateVersion7(time.GetUtcNow()).ToString("N"));
    }

    internal IEnumerable<IndexRelease> ReadAll()
    {
        if (Directory.Exists(Incoming))
            Directory.Delete(Incoming, recursive: true);
        var releases = Path.Combine(folder, "releases");
        if (!Directory.Exists(releases))
            yield break;
        foreach (var path in Directory.EnumerateFiles(releases, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            yield return JsonSerializer.Deserialize<IndexRelease>(File.ReadAllBytes(path), SandboxJson.Readable)
                ?? throw new InvalidDataException($"The release document {path} is empty.");
        }
    }

    internal void TakeIn(string temporaryPath, string project, string fileName)
    {
        var path = FilePath(project, fileName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporaryPath, path, overwrite: true);
    }

    internal void Delete(IndexRelease release, IndexFile file) => File.Delete(PathOf(release, file));

    internal async Task WriteAsync(IndexRelease release, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "releases", ProjectName.Normalize(release.Project), release.Version + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = NewTemporaryPath(time);
        await using (var file = File.Create(temporary))
        {
            await JsonSerializer.SerializeAsync(file, release, SandboxJson.Readable, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private string FilePath(string project, string fileName) =>
        Path.Combine(folder, "files", ProjectName.Normalize(project), fileName);
}
