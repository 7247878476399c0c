namespace ReleaseDashboard.Core.Images.Layers;

/// <summary>One layer of one image.</summary>
/// <param name="Digest">Of the blob as a registry keeps it.</param>
/// <param name="Size">Bytes of the blob: what a pull downloads.</param>
/// <param name="CreatedBy">The instruction that made it, as the image's history has it; null when it has none.</param>
public sealed record ImageLayer(ContentDigest Digest, long Size, string? CreatedBy);
