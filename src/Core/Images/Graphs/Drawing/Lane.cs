namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>A place in a column: a node, or the gap that a long edge runs through.</summary>
internal sealed class Lane(string? node, int column, int band, double height)
{
    public string? Node { get; } = node;

    public int Column { get; } = column;

    public int Band { get; } = band;

    public double Height { get; } = height;

    /// <summary>The middle, from the top of the drawing.</summary>
    public double Y { get; set; }

    public List<Lane> Before { get; } = [];

    public List<Lane> After { get; } = [];
}
