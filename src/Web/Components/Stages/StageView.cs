using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Components.Stages;

/// <summary>One stage of a release, as the track shows it.</summary>
/// <param name="Name">As the playbook names it.</param>
/// <param name="State">Done, Running, You, Failed, Todo ...</param>
/// <param name="Fraction">0 to 1: how much of it is behind.</param>
/// <param name="Note">What stands at the right: "2 min 10 s", "3 of 5", "2 steps".</param>
public sealed record StageView(string Name, GlyphState State, double Fraction, string Note);

/// <summary>One step in the rail.</summary>
/// <param name="Href">The step's own address.</param>
/// <param name="Note">"4 s" when done, "~5 s" when expected, "you" when it waits.</param>
public sealed record StepView(string Name, GlyphState State, string Href, string? Note = null, bool Optional = false);

public sealed record StageStepsView(string Name, IReadOnlyList<StepView> Steps);

/// <summary>A stage's part of the lead time.</summary>
public sealed record LeadPart(string Stage, TimeSpan Duration);
