namespace ReleaseDashboard.Core.Images.Layers;

/// <summary>What an entry of a layer is.</summary>
public enum EntryKind
{
    File,
    Folder,
    SymbolicLink,
    HardLink,

    /// <summary>A device, a pipe.</summary>
    Special,
}

/// <summary>One entry of a layer's archive.</summary>
/// <param name="Path">As the archive has it; <c>.wh.</c> names mark what the layer takes away (OCI image specification, "Whiteouts").</param>
/// <param name="Size">Bytes, not compressed; 0 for all but files.</param>
/// <param name="Link">What a link points to; null for others.</param>
public sealed record LayerEntry(string Path, EntryKind Kind, long Size, string? Link = null);
