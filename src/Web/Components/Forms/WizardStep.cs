using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Components.Forms;

/// <param name="State">Done, Here, Todo, or Failed when the step holds the wizard up.</param>
/// <param name="Note">What was decided, under the name.</param>
/// <param name="Href">Where it can be reopened; null while it cannot.</param>
public sealed record WizardStep(string Name, GlyphState State, string Note, string? Href = null);
