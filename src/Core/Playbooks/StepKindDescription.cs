namespace ReleaseDashboard.Core.Playbooks;

/// <summary>What a playbook may say about a kind of step. The class that runs the kind publishes it.</summary>
/// <param name="Kind">Such as <c>pypi.upload</c>.</param>
/// <param name="Summary">One line for the user guide and the editor's tooltip.</param>
/// <param name="Effect">What every step of this kind touches.</param>
public sealed record StepKindDescription(string Kind, string Summary, StepEffect Effect)
{
    /// <summary>The kind that asks people to tick items.</summary>
    public const string Checklist = "checklist";

    /// <summary>The kind that asks people to approve.</summary>
    public const string Approval = "approval";

    public IReadOnlyList<InputDescription> Inputs { get; init; } = [];

    public IReadOnlyList<OutputDescription> Outputs { get; init; } = [];

    /// <summary>Whether it cannot be taken back; a playbook may add this to a step, never remove it.</summary>
    public bool Permanent { get; init; }

    public InputDescription? FindInput(string name) => Inputs.FirstOrDefault(input => input.Name == name);
}

/// <summary>An input of a kind.</summary>
/// <param name="Name">An id.</param>
/// <param name="Type">Which values are right.</param>
/// <param name="Description">One line.</param>
/// <param name="Required">Whether a playbook must give it. A required input has no default.</param>
/// <param name="Default">Taken when the playbook is silent; it may hold references. Null for none.</param>
/// <param name="Choices">The only texts allowed, or empty for any.</param>
public sealed record InputDescription(
    string Name,
    ValueKind Type,
    string Description,
    bool Required = false,
    InputValue? Default = null,
    IReadOnlyList<string>? Choices = null);

/// <summary>Something a step hands to later ones, read with <c>${{ steps.ID.outputs.NAME }}</c>.</summary>
public sealed record OutputDescription(string Name, ValueKind Type, string Description);

/// <summary>A value that exists before any step runs, such as <c>project.package</c> or <c>release.version</c>.</summary>
public sealed record VariableDescription(string Name, ValueKind Type, string Description);

/// <summary>Everything a playbook may refer to.</summary>
public sealed record PlaybookCatalogue(IReadOnlyList<StepKindDescription> Kinds, IReadOnlyList<VariableDescription> Variables)
{
    public StepKindDescription? FindKind(string kind) => Kinds.FirstOrDefault(description => description.Kind == kind);

    public VariableDescription? FindVariable(string name) => Variables.FirstOrDefault(variable => variable.Name == name);
}
