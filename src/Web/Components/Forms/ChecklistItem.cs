namespace ReleaseDashboard.Web.Components.Forms;

/// <param name="Id">Stable within the list.</param>
/// <param name="TickedBy">Who ticked it; null while open.</param>
public sealed record ChecklistItem(string Id, string Text, string? TickedBy = null, DateTimeOffset? TickedAt = null);
