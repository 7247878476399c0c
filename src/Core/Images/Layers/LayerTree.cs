namespace ReleaseDashboard.Core.Images.Layers;

/// <summary>The files of an image, layers laid over each other.</summary>
/// <param name="Entries">How many entries the layers held, as far as they were read.</param>
/// <param name="IsCut">Whether there were more than may be kept, so that the tree lacks some.</param>
/// <param name="Ignored">Entries with a path that leads out of the image or is no path.</param>
public sealed record LayerTree(FileNode Root, int Entries, bool IsCut, int Ignored);
