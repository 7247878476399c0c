namespace ReleaseDashboard.Core.Images.Parity;

/// <summary>One variant in both registries.</summary>
/// <param name="Preproduction">Digest of its index, or of its manifest where there is one platform; null when it is not there.</param>
/// <param name="Production">As <paramref name="Preproduction"/>.</param>
/// <param name="Strays">Tags of the variant, in either registry, that point to other images than its most specific tag does.</param>
public sealed record ParityRow(
    string Variant, IReadOnlyList<ParityCell> Cells, ContentDigest? Preproduction, ContentDigest? Production, IReadOnlyList<StrayTag> Strays)
{
    /// <summary>
    /// Whether the whole indexes are equal, and not only the images in them. They differ where a release workflow wrote the index anew.
    /// </summary>
    public bool IndexesEqual => Preproduction is not null && Preproduction == Production;

    public bool IsGreen => Strays.Count == 0 && Cells.All(cell => cell.IsGood) && Cells.Any(cell => cell.State == ParityState.Equal);
}

/// <summary>A tag that was left behind on, or moved to, another image.</summary>
public sealed record StrayTag(bool IsProduction, string Tag, ContentDigest Digest);
