using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>How large the images of the last releases are, on one platform.</summary>
public sealed class ImageSizes(IImageReader reader, ImageLooks looks)
{
    /// <param name="versions">Released versions.</param>
    /// <param name="wanted">The platform; a variant that lacks it is measured on its first.</param>
    public async Task<SizeHistory> ReadAsync(Project project, IReadOnlyList<string> versions, Platform wanted, CancellationToken cancellationToken)
    {
        var settings = project.Settings.Images!;
        // Oldest first, as a chart is read.
        var known = versions.Select(PythonVersion.Parse).Order().ToList();
        var seen = await Task.WhenAll(known.Select(version => looks.LookAsync(project, settings.Production, GitContext.OfVersion(version), cancellationToken)));
        var faults = seen.SelectMany(look => look.Faults).ToList();
        var series = await Task.WhenAll(settings.Variants.Select(async variant =>
        {
            var points = await Task.WhenAll(known.Select((version, at) => PointAsync(project, version.ToString(), seen[at], variant.Name, wanted, faults, cancellationToken)));
            return new SizeSeries(variant.Name, points);
        }));
        return new SizeHistory([.. known.Select(version => version.ToString())], series, [.. faults.Distinct()]);
    }

    private async Task<SizePoint> PointAsync(
        Project project, string version, RegistryLook look, string variant, Platform wanted, List<string> faults, CancellationToken cancellationToken)
    {
        // Only a tag that names the version says what that release was; others have moved on since.
        var tagged = look.Inventory.Images.FirstOrDefault(image => image.Variant == variant && image.Tag.Contains(version, StringComparison.Ordinal));
        var image = tagged?.Platforms.FirstOrDefault(own => own.Platform == wanted) ?? (tagged is { Platforms.Count: > 0 } ? tagged.Platforms[0] : null);
        if (image is null)
            return new SizePoint(version, null, null);
        var details = await reader.DetailsAsync(project, look.Registry, image.Digest, cancellationToken);
        if (details.IsOk)
            return new SizePoint(version, image.Platform, details.Value);
        lock (faults)
            faults.Add(details.Error);
        return new SizePoint(version, image.Platform, null);
    }
}

/// <summary>The sizes of all variants over some releases.</summary>
/// <param name="Versions">Oldest first.</param>
/// <param name="Faults">Why some are missing, in the registry's words.</param>
public sealed record SizeHistory(IReadOnlyList<string> Versions, IReadOnlyList<SizeSeries> Series, IReadOnlyList<string> Faults)
{
    public long Largest => Series.SelectMany(series => series.Points).Max(point => point.Details?.Size) ?? 0;
}

/// <summary>One variant over the releases.</summary>
/// <param name="Points">One for each version.</param>
public sealed record SizeSeries(string Variant, IReadOnlyList<SizePoint> Points)
{
    public SizePoint? Last => Points.LastOrDefault(point => point.Details is not null);

    /// <summary>What the last release changed; null without two of them.</summary>
    public LayerComparison? Growth => Points.Where(point => point.Details is not null).TakeLast(2).ToList() is [var before, var after]
        ? LayerComparison.Of(before.Details!.Layers, after.Details!.Layers)
        : null;
}

/// <summary>One release of one variant.</summary>
/// <param name="Details">Null when the release had no such image.</param>
public sealed record SizePoint(string Version, Platform? Platform, ImageDetails? Details);
