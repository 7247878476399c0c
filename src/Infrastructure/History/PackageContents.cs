using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>What a package holds.</summary>
/// <param name="Requirements">What it depends on, as its metadata says.</param>
public sealed record PackageContent(IReadOnlyList<PackagedFile> Files, IReadOnlyList<string> Requirements);

/// <summary>Looks into packages that releases built, without unpacking them. Archives are taken for hostile: size and number of files are limited.</summary>
public sealed class PackageContents(WorkerOptions options)
{
    private const int MaximumFiles = 20_000;
    private const long MaximumBytes = 1L << 30;
    private const int MaximumMetadata = 1 << 20;

    /// <summary>The content, or why it cannot be shown.</summary>
    /// <param name="file">Plain file name.</param>
    /// <param name="sha256">What the release recorded for it, lower-case hex.</param>
    public async Task<Result<PackageContent, string>> ReadAsync(string file, string sha256, CancellationToken cancellationToken)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower) || file != Path.GetFileName(file) || file is "" or "." or "..")
            return $"The release recorded no file that could be looked up: {file}.";
        var path = Path.Combine(options.Artifacts, sha256, file);
        if (!File.Exists(path))
            return $"{file} is not kept on this machine any more.";
        try
        {
            return file.EndsWith(".whl", StringComparison.Ordinal) || file.EndsWith(".zip", StringComparison.Ordinal)
                ? await ZipAsync(path, cancellationToken)
                : await TarAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or FormatException or NotSupportedException)
        {
            return $"{file} cannot be read: {exception.Message}";
        }
    }

    private static async Task<Result<PackageContent, string>> TarAsync(string path, CancellationToken cancellationToken)
    {
        var content = new Draft();
        await using var raw = File.OpenRead(path);
        await using var unzipped = new GZipStream(raw, CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile, DataStream: var data })
                await content.AddAsync(entry.Name, data ?? Stream.Null, isMetadata: Name(entry.Name) == "PKG-INFO", cancellationToken);
            if (content.IsTooMuch)
                return $"{Path.GetFileName(path)} holds more than can be compared.";
        }
        return content.Done();
    }

    private static async Task<Result<PackageContent, string>> ZipAsync(string path, CancellationToken cancellationToken)
    {
        var content = new Draft();
        await using var zip = await ZipFile.OpenReadAsync(path, cancellationToken);
        foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            await using var data = await entry.OpenAsync(cancellationToken);
            await content.AddAsync(entry.FullName, data, isMetadata: Name(entry.FullName) == "METADATA", cancellationToken);
            if (content.IsTooMuch)
                return $"{Path.GetFileName(path)} holds more than can be compared.";
        }
        return content.Done();
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private sealed class Draft
    {
        private readonly List<PackagedFile> files = [];
        private List<string> requirements = [];
        private long bytes;

        public bool IsTooMuch => files.Count > MaximumFiles || bytes > MaximumBytes;

        public async Task AddAsync(string path, Stream data, bool isMetadata, CancellationToken cancellationToken)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var metadata = new MemoryStream();
            var (buffer, size) = (new byte[81920], 0L);
            // What an archive says about sizes may be wrong; what comes out of it counts.
            while (!IsTooMuch && await data.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                (size, bytes) = (size + read, bytes + read);
                if (isMetadata && metadata.Length < MaximumMetadata)
                    metadata.Write(buffer, 0, read);
            }
            files.Add(new PackagedFile(Plain(path), size, Convert.ToHexStringLower(hash.GetHashAndReset())));
            // The one at the top comes first; an .egg-info holds a copy.
            if (isMetadata && requirements.Count == 0)
                requirements = Requirements(Encoding.UTF8.GetString(metadata.ToArray()));
        }

        public PackageContent Done() => new([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], requirements);

        private static List<string> Requirements(string text) =>
            [.. text.Split('\n').TakeWhile(line => line.Trim().Length > 0)
                .Where(line => line.StartsWith("Requires-Dist:", StringComparison.OrdinalIgnoreCase)).Select(line => line[14..].Trim())];

        // hello-1.2.0/hello.py and hello-1.2.0.dist-info/METADATA stand for the same files in every version.
        private static string Plain(string path)
        {
            var top = path.IndexOf('/', StringComparison.Ordinal);
            if (top <= 0)
                return path;
            var folder = path[..top];
            foreach (var info in new[] { ".dist-info", ".data" })
            {
                if (folder.EndsWith(info, StringComparison.Ordinal))
                    return info[1..] + path[top..];
            }
            var dash = folder.LastIndexOf('-');
            return dash > 0 && dash + 1 < folder.Length && char.IsAsciiDigit(folder[dash + 1]) ? path[(top + 1)..] : path;
        }
    }
}
