using System.Collections.Concurrent;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>
/// Folders of wheels that an ordinary index has besides what was uploaded to it: the build tools that Debian ships. Nothing in
/// them is ever changed, and listing them is no effect.
/// </summary>
public sealed class WheelFolders(IReadOnlyList<string> folders)
{
    private readonly ConcurrentDictionary<(string Path, long Size, DateTime Written), Lazy<ListedFile?>> known = [];

    /// <summary>Debian's wheels, and the folders that <c>PIP_FIND_LINKS</c> of this process names.</summary>
    public static WheelFolders FromEnvironment { get; } = new(
    [
        "/usr/share/python-wheels",
        // pip separates by blanks, and takes addresses as well; those stay pip's business.
        .. (Environment.GetEnvironmentVariable("PIP_FIND_LINKS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted),
    ]);

    /// <summary>The wheels that are there now; of equal names the first folder's.</summary>
    public IReadOnlyList<ListedFile> Read() =>
        [.. folders.Where(Directory.Exists)
            .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*.whl"))
            .Select(file => known.GetOrAdd((file.FullName, file.Length, file.LastWriteTimeUtc), key => new(() => Describe(key.Path, key.Written))).Value)
            .OfType<ListedFile>()
            .DistinctBy(file => file.File.FileName)];

    private static ListedFile? Describe(string path, DateTime written)
    {
        var fileName = Path.GetFileName(path);
        // Once for each file, and behind a Lazy that cannot await: three small local files.
        if (DistributionFileName.TryParse(fileName) is not { PackageType: "bdist_wheel" }
            || DistributionArchive.ReadMetadataAsync(path, "bdist_wheel", CancellationToken.None).GetAwaiter().GetResult() is not { } text)
            return null;
        var metadata = CoreMetadata.Parse(text);
        var digests = FileDigests.OfAsync(path, CancellationToken.None).GetAwaiter().GetResult();
        var file = new IndexFile
        {
            FileName = fileName,
            PackageType = "bdist_wheel",
            PythonVersion = fileName[..^4].Split('-')[^3],
            Size = digests.Size,
            Sha256 = digests.Sha256,
            Md5 = digests.Md5,
            Blake2b256 = digests.Blake2b256,
            UploadedAt = new DateTimeOffset(written, TimeSpan.Zero),
            RequiresPython = metadata.GetValueOrDefault("requires_python")?[0],
            Seeded = true,
        };
        return new ListedFile(new IndexRelease(metadata["name"][0], metadata["version"][0], metadata, [file]), file, path);
    }
}
