using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>What never changes during a release: its facts and its playbook, read once and kept.</summary>
public sealed record ReleaseSnapshot(ReleaseFacts Facts, Playbook Playbook)
{
    /// <summary>Resolves the inputs of a step; a maintainer's corrections win.</summary>
    public StepInputs Resolve(StepDefinition step, IReadOnlyDictionary<string, Evidence> outputs, IReadOnlyDictionary<string, string> corrections)
    {
        var unresolved = new List<string>();
        var variables = new ReleaseVariables(Facts, outputs);
        var values = step.Inputs.ToDictionary(
            input => input.Key,
            input => corrections.TryGetValue(input.Key, out var corrected)
                ? Corrected(corrected, input.Value)
                : input.Value.Resolve(variables.Find, unresolved));
        foreach (var (name, corrected) in corrections)
            values.TryAdd(name, new InputValue.Text(corrected));
        return new StepInputs(values);
    }

    /// <summary>Keys of the steps that must be over before this one, directly or through others.</summary>
    public IReadOnlySet<string> UpstreamOf(string key) => Playbook.Graph().Upstream(key);

    /// <summary>Whether the step is part of this release.</summary>
    public bool IsIncluded(StepDefinition step, IReadOnlyDictionary<string, Evidence> outputs) =>
        step.When?.Evaluate(new ReleaseVariables(Facts, outputs).Find) ?? true;

    // A list is corrected as one item a line, the way the form shows it.
    internal static InputValue Corrected(string text, InputValue original) => original switch
    {
        InputValue.List => new InputValue.List([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new InputValue.Text(line.TrimEnd('\r')))]),
        InputValue.Flag => new InputValue.Flag(text == "true"),
        InputValue.Number when long.TryParse(text, out var number) => new InputValue.Number(number),
        _ => new InputValue.Text(text),
    };
}
