using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Infrastructure.Images;

namespace ReleaseDashboard.Web.Images.Tabs;

/// <summary>The files of one image, or why they could not be read.</summary>
public sealed record ReadFiles(ImageDetails? Details, LayerTree? Tree, string? Error);
