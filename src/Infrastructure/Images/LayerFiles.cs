using System.Formats.Tar;
using System.IO.Compression;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Reads the archives of an image's layers into one tree. The layers stream through; nothing of them is kept.</summary>
internal static class LayerFiles
{
    private const int MostEntries = 150_000;

    // Unpacked. More is no image that anybody looks into, and may be an archive made to waste time.
    private const long MostBytes = 20_000_000_000;

    public static async Task<Result<LayerTree, string>> ReadAsync(RegistryRepository repository, IReadOnlyList<ContentDescriptor> layers, CancellationToken cancellationToken)
    {
        var tree = new LayerTreeBuilder(MostEntries);
        var left = MostBytes;
        for (var layer = 0; layer < layers.Count && !tree.IsFull && left > 0; layer++)
        {
            if (layers[layer].MediaType.Contains("zstd", StringComparison.Ordinal))
                return $"Layer {layer + 1} is packed with zstd, which is not read here.";
            try
            {
                await using var blob = repository.OpenBlob(layers[layer]);
                left = await ReadAsync(blob, layers[layer].MediaType, layer, tree, left, cancellationToken);
            }
            catch (RegistryStreamException exception)
            {
                return exception.Error.ToString();
            }
            catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
            {
                return $"Layer {layer + 1} is no archive that can be read: {exception.Message}";
            }
        }
        var built = tree.Build();
        return left > 0 ? built : built with { IsCut = true };
    }

    private static async Task<long> ReadAsync(Stream blob, string type, int layer, LayerTreeBuilder tree, long left, CancellationToken cancellationToken)
    {
        await using var unpacked = type.Contains("gzip", StringComparison.Ordinal) ? new GZipStream(blob, CompressionMode.Decompress, leaveOpen: true) : blob;
        await using var archive = new TarReader(unpacked, leaveOpen: true);
        while (await archive.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            left -= entry.Length;
            if (Kind(entry.EntryType) is { } kind && !tree.Add(layer, new LayerEntry(entry.Name, kind, entry.Length, kind is EntryKind.SymbolicLink or EntryKind.HardLink ? entry.LinkName : null)))
                break;
            // Before the next entry is asked for, which would read through all of this one.
            if (left <= 0)
                break;
        }
        return left;
    }

    private static EntryKind? Kind(TarEntryType type) => type switch
    {
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.SparseFile => EntryKind.File,
        TarEntryType.Directory => EntryKind.Folder,
        TarEntryType.SymbolicLink => EntryKind.SymbolicLink,
        TarEntryType.HardLink => EntryKind.HardLink,
        TarEntryType.BlockDevice or TarEntryType.CharacterDevice or TarEntryType.Fifo => EntryKind.Special,
        _ => null,
    };
}
