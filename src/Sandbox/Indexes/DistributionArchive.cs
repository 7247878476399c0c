using System.Formats.Tar;
using System.IO.Compression;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>Looks into a source distribution or wheel for its metadata.</summary>
internal static class DistributionArchive
{
    /// <returns>Null when the file is no archive of its type, or holds no metadata.</returns>
    internal static async Task<string?> ReadMetadataAsync(string path, string packageType, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return packageType == "sdist"
                ? await FromSourceAsync(file, cancellationToken)
                : await FromWheelAsync(file, cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            return null; // says that it is no archive; the caller refuses the file with that
        }
    }

    private static async Task<string?> FromSourceAsync(Stream file, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        string? found = null;
        // Read to the end even after the find: a cut file must not pass.
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            var parts = entry.Name.Split('/');
            if (found is null && parts is [_, "PKG-INFO"] && entry.DataStream is not null)
                found = await new StreamReader(entry.DataStream).ReadToEndAsync(cancellationToken);
        }

        return found;
    }

    private static async Task<string?> FromWheelAsync(Stream file, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var entry = zip.Entries.FirstOrDefault(e => e.FullName.Split('/') is [var folder, "METADATA"]
            && folder.EndsWith(".dist-info", StringComparison.Ordinal));
        if (entry is null)
            return null;
        await using var stream = await entry.OpenAsync(cancellationToken);
        return await new StreamReader(stream).ReadToEndAsync(cancellationToken);
    }
}
