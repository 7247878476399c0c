using ReleaseDashboard.Infrastructure.Images;

namespace ReleaseDashboard.Web.Images.Tabs;

/// <summary>Where tags point in both registries; a registry that did not answer has its own words instead.</summary>
public sealed record BothTagLists(TagList? Preproduction, string? PreproductionError, TagList? Production, string? ProductionError);
