using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Every kind of step this version of the product can run.</summary>
public sealed class StepCatalogue
{
    private readonly Dictionary<string, IStep> byKind;

    public StepCatalogue(IEnumerable<IStep> steps)
    {
        byKind = steps.ToDictionary(step => step.Description.Kind);
        Playbooks = new PlaybookCatalogue([.. byKind.Values.Select(step => step.Description)], ReleaseVariables.Descriptions);
    }

    /// <summary>What playbooks are validated against.</summary>
    public PlaybookCatalogue Playbooks { get; }

    /// <exception cref="KeyNotFoundException">The kind is unknown; a validated playbook has none such.</exception>
    public IStep this[string kind] => byKind[kind];
}
