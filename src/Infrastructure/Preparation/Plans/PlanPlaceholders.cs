using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Preparation.Plans;

/// <summary>Values for a plan: what is known now, and a readable placeholder for what an earlier step will prove.</summary>
internal sealed class PlanPlaceholders(ReleaseFacts facts)
{
    private readonly ReleaseVariables variables = new(facts, new Dictionary<string, Evidence>());

    /// <summary>What is known before the release starts; conditions are decided on this alone.</summary>
    public InputValue? Known(string name) => variables.Find(name);

    /// <summary>As <see cref="Known"/>; outputs of steps read as <c>‹merge commit›</c>.</summary>
    public InputValue? Shown(string name) =>
        Known(name) ?? (name.Split('.') is ["steps", var step, "outputs", var output] ? new InputValue.Text(Placeholder(step, output)) : null);

    public StepInputs InputsOf(StepDefinition step) => new(step.Inputs.ToDictionary(input => input.Key, input => input.Value.Resolve(Shown, [])));

    private static string Placeholder(string step, string output)
    {
        var words = output.StartsWith(step, StringComparison.Ordinal) ? output : $"{step} {output}";
        return $"‹{words.Replace('-', ' ').Replace('_', ' ')}›";
    }
}
