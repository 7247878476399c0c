using System.Formats.Tar;
using System.IO.Compression;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>A layer whose bytes depend on its content only.</summary>
/// <param name="Digest">Of the packed bytes.</param>
/// <param name="DiffId">Of the bytes before packing.</param>
/// <param name="Size">Of the packed bytes.</param>
/// <param name="Content">The packed bytes; null when a registry has them.</param>
/// <param name="From">The repository that has them.</param>
internal sealed record ImageLayer(ContentDigest Digest, ContentDigest DiffId, long Size, byte[]? Content, string? From)
{
    /// <param name="files">Content by path, without a slash in front.</param>
    /// <param name="time">Time of each file.</param>
    public static ImageLayer Pack(IReadOnlyDictionary<string, LayerFile> files, DateTimeOffset time)
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, TarEntryFormat.Pax, leaveOpen: true))
        {
            var folders = new SortedSet<string>(files.Keys.SelectMany(Folders), StringComparer.Ordinal);
            foreach (var folder in folders)
                tar.WriteEntry(Entry(TarEntryType.Directory, folder + "/", isProgram: true, time, null));
            foreach (var (path, file) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                using var content = new MemoryStream(file.Content);
                tar.WriteEntry(Entry(TarEntryType.RegularFile, path, file.IsProgram, time, content));
            }
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(plain.GetBuffer(), 0, (int)plain.Length);
        var bytes = packed.ToArray();
        return new ImageLayer(ContentDigest.Of(bytes), ContentDigest.Of(plain.GetBuffer().AsSpan(0, (int)plain.Length)), bytes.Length, bytes, null);
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }

    // Only the plain fields: access times would come from the clock.
    private static UstarTarEntry Entry(TarEntryType type, string name, bool isProgram, DateTimeOffset time, Stream? content)
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        var entry = new UstarTarEntry(type, name)
        {
            Mode = isProgram ? Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Readable,
            ModificationTime = time,
        };
        if (content is not null)
            entry.DataStream = content;
        return entry;
    }
}

/// <param name="Content">Its bytes.</param>
/// <param name="IsProgram">Whether it can be run.</param>
internal sealed record LayerFile(byte[] Content, bool IsProgram = false);
