namespace ReleaseDashboard.Core.Playbooks;

/// <summary>A step that was read, with the places later checks report on.</summary>
/// <param name="IdNode">The id, or the whole step when it has none.</param>
/// <param name="Needs">The needs as written, with their places; implied needs have the step's place.</param>
/// <param name="References">Every reference of the step with its place and the type wanted there (null: any).</param>
internal sealed record StepDraft(
    StepDefinition Definition,
    PlaybookNode IdNode,
    IReadOnlyList<(string Id, PlaybookNode At)> Needs,
    IReadOnlyList<PlacedReference> References);

/// <summary>A reference, where it stands, and which type of value is wanted there.</summary>
/// <param name="Wanted">Null where any type does, as inside longer text.</param>
internal sealed record PlacedReference(string Name, PlaybookNode At, ValueKind? Wanted);
