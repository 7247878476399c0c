namespace ReleaseDashboard.Core.Images.Layers;

/// <summary>How a layer compares with the release before.</summary>
public enum LayerChangeKind
{
    /// <summary>The same bytes: a pull does not download it again.</summary>
    Same,

    /// <summary>Made by the same instruction, with other bytes.</summary>
    Changed,

    /// <summary>The release before had nothing like it.</summary>
    New,

    /// <summary>Only the release before had it.</summary>
    Gone,
}

/// <summary>A layer in one release or both.</summary>
/// <param name="Before">Null when it is new.</param>
/// <param name="After">Null when it is gone.</param>
public sealed record LayerChange(LayerChangeKind Kind, ImageLayer? Before, ImageLayer? After)
{
    /// <summary>Bytes more than before; negative for less.</summary>
    public long Growth => (After?.Size ?? 0) - (Before?.Size ?? 0);
}

/// <summary>Two releases of one variant, layer by layer.</summary>
/// <param name="Changes">In the order of the later release; what is gone comes last.</param>
public sealed record LayerComparison(IReadOnlyList<LayerChange> Changes)
{
    /// <summary>Bytes more than before; negative for less.</summary>
    public long Growth => Changes.Sum(change => change.Growth);

    /// <summary>Bytes that somebody downloads who has the release before.</summary>
    public long Download => Changes.Where(change => change.Kind is LayerChangeKind.New or LayerChangeKind.Changed).Sum(change => change.After!.Size);

    public static LayerComparison Of(IReadOnlyList<ImageLayer> before, IReadOnlyList<ImageLayer> after)
    {
        var open = before.ToList();
        var same = after.Select(layer => Take(open, own => own.Digest == layer.Digest)).ToList();
        var changes = after.Select((layer, index) =>
            same[index] is { } equal ? new LayerChange(LayerChangeKind.Same, equal, layer)
            : layer.CreatedBy is { } instruction && Take(open, own => own.CreatedBy == instruction) is { } old ? new LayerChange(LayerChangeKind.Changed, old, layer)
            : new LayerChange(LayerChangeKind.New, null, layer)).ToList();
        return new LayerComparison([.. changes, .. open.Select(layer => new LayerChange(LayerChangeKind.Gone, layer, null))]);
    }

    private static ImageLayer? Take(List<ImageLayer> open, Predicate<ImageLayer> matches)
    {
        var index = open.FindIndex(matches);
        if (index < 0)
            return null;
        var found = open[index];
        open.RemoveAt(index);
        return found;
    }
}
