using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>
/// A folder and a Dockerfile as they are sent to a build. The same files always give the same bytes: sorted by name, owned by
/// root, one time for all, modes 0644 and 0755. Links are packed as links and never followed.
/// </summary>
public sealed class BuildContext
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const string IgnoreFile = ".dockerignore";

    private readonly string folder;
    private readonly string dockerfile;
    private readonly string? ignore;
    private readonly DateTimeOffset time;

    private BuildContext(string folder, string dockerfile, string? ignore, DateTimeOffset time)
    {
        (this.folder, this.dockerfile, this.ignore, this.time) = (folder, dockerfile, ignore, time);
        // Sent under a name of its own, wherever it came from: it may be outside the folder, and its text may have been resolved.
        DockerfileName = $".dockerfile.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dockerfile)))[..16]}";
    }

    internal string DockerfileName { get; }

    /// <param name="folder">What the Dockerfile can copy from.</param>
    /// <param name="dockerfile">Text of the Dockerfile.</param>
    /// <param name="time">Time of every file: it gets into the image's layers.</param>
    public static Result<BuildContext, EngineError> Of(string folder, string dockerfile, DateTimeOffset time)
    {
        if (!Directory.Exists(folder))
            return EngineError.Of(EngineFailure.Refused, $"The build's folder {Path.GetFileName(folder)} does not exist.");
        var path = Path.Combine(folder, IgnoreFile);
        if (new FileInfo(path).LinkTarget is not null)
            return EngineError.Of(EngineFailure.Refused, $"{IgnoreFile} is a link; links are not followed.");
        var rules = File.Exists(path) ? File.ReadAllText(path) : null;
        return new BuildContext(folder, dockerfile, rules, time);
    }

    /// <summary>Packs the folder into a stream.</summary>
    /// <exception cref="BuildContextException">Something in the folder cannot be packed.</exception>
    public async Task WriteAsync(Stream target, CancellationToken cancellation)
    {
        await using var tar = new TarWriter(target, TarEntryFormat.Gnu, leaveOpen: true);
        await WriteTextAsync(tar, DockerfileName, dockerfile, cancellation);
        // The engine takes out what this file names before it copies anything: so the Dockerfile's other name gets into no image.
        await WriteTextAsync(tar, IgnoreFile, $"{ignore?.TrimEnd('\n')}\n{DockerfileName}\n{(ignore is null ? IgnoreFile + "\n" : "")}".TrimStart('\n'), cancellation);
        await WriteFolderAsync(tar, folder, "", DockerIgnore.Parse(ignore ?? ""), cancellation);
    }

    private async Task WriteFolderAsync(TarWriter tar, string path, string inside, DockerIgnore rules, CancellationToken cancellation)
    {
        var children = new DirectoryInfo(path).EnumerateFileSystemInfos().OrderBy(child => child.Name, StringComparer.Ordinal);
        foreach (var child in children)
        {
            var name = inside.Length == 0 ? child.Name : $"{inside}/{child.Name}";
            if (inside.Length == 0 && child.Name is IgnoreFile || name == DockerfileName)
                continue;
            var left = rules.IsIgnored(name);
            var isFolder = child is DirectoryInfo && child.LinkTarget is null;
            if (left && !(isFolder && rules.MayHold(name)))
                continue;
            if (!left)
                await WriteAsync(tar, child, name, cancellation);
            if (isFolder)
                await WriteFolderAsync(tar, child.FullName, name, rules, cancellation);
        }
    }

    private async Task WriteAsync(TarWriter tar, FileSystemInfo child, string name, CancellationToken cancellation)
    {
        if (child.LinkTarget is { } link)
        {
            await tar.WriteEntryAsync(Entry(TarEntryType.SymbolicLink, name, FileMode | Executable, entry => entry.LinkName = link), cancellation);
            return;
        }
        if (child is DirectoryInfo)
        {
            await tar.WriteEntryAsync(Entry(TarEntryType.Directory, name + "/", FileMode | Executable), cancellation);
            return;
        }
        await using var data = ContextFile.Open(child.FullName) ?? throw new BuildContextException($"{name} is no ordinary file, folder or link.");
        var mode = FileMode | ((child.UnixFileMode & UnixFileMode.UserExecute) != 0 ? Executable : 0);
        await tar.WriteEntryAsync(Entry(TarEntryType.RegularFile, name, mode, entry => entry.DataStream = data), cancellation);
    }

    private async Task WriteTextAsync(TarWriter tar, string name, string text, CancellationToken cancellation)
    {
        await using var data = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await tar.WriteEntryAsync(Entry(TarEntryType.RegularFile, name, FileMode, entry => entry.DataStream = data), cancellation);
    }

    private GnuTarEntry Entry(TarEntryType type, string name, UnixFileMode mode, Action<GnuTarEntry>? more = null)
    {
        var entry = new GnuTarEntry(type, name) { Mode = mode, ModificationTime = time, Uid = 0, Gid = 0 };
        more?.Invoke(entry);
        return entry;
    }
}
