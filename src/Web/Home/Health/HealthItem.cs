using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Home.Health;

/// <summary>One thing that releases depend on.</summary>
/// <param name="Href">Where it can be repaired; null when nothing is to be done.</param>
public sealed record HealthItem(string Name, GlyphState State, string Text, string? Href = null);
