namespace ReleaseDashboard.Core.Playbooks;

/// <summary>A validated playbook: the stages of steps that take one version of a project from preparation to published.</summary>
/// <param name="Name">Short name, unique among playbooks, such as <c>wrapper</c>.</param>
/// <param name="Title">What people read, such as "Wrapper release".</param>
/// <param name="Revision">Counts up with each change of the file; a release keeps the revision it was started with.</param>
/// <param name="Description">Markdown, may be empty.</param>
/// <param name="Stages">In file order, at least one.</param>
public sealed record Playbook(string Name, string Title, int Revision, string Description, IReadOnlyList<StageDefinition> Stages)
{
    /// <summary>The version of the file format that this code reads (the key <c>schema</c>).</summary>
    public const int SchemaVersion = 1;

    /// <summary>More steps are refused; the longest real playbook has below 50.</summary>
    public const int MaximumSteps = 500;

    /// <summary>All steps in file order.</summary>
    public IEnumerable<StepDefinition> Steps => Stages.SelectMany(stage => stage.Steps);

    /// <summary>The step with this id, or null.</summary>
    public StepDefinition? FindStep(string id) => Steps.FirstOrDefault(step => step.Id == id);

    /// <summary>The needs of all steps as a graph; a validated playbook has no cycle.</summary>
    public StepGraph Graph() => new(Steps.Select(step => (step.Id, step.Needs)));
}

/// <summary>A named group of steps. It orders the screen, not the run: needs do that.</summary>
public sealed record StageDefinition(string Id, string Title, IReadOnlyList<StepDefinition> Steps);
