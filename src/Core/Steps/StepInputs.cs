using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Steps;

/// <summary>The resolved inputs of a step.</summary>
public sealed class StepInputs(IReadOnlyDictionary<string, InputValue> values)
{
    public IReadOnlyDictionary<string, InputValue> Values { get; } = values;

    /// <summary>The text of an input, or null when it is absent or empty.</summary>
    public string? Text(string name) => Values.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The text of an input that the kind requires.</summary>
    /// <exception cref="KeyNotFoundException">The playbook was validated against another catalogue.</exception>
    public string Required(string name) => Text(name) ?? throw new KeyNotFoundException($"Input '{name}' has no value.");

    public bool Flag(string name) => Values.TryGetValue(name, out var value) && value switch
    {
        InputValue.Flag flag => flag.Value,
        var other => other.ToString() == "true",
    };

    /// <summary>The items of a list; a text counts as a list of one.</summary>
    public IReadOnlyList<string> List(string name) => Values.TryGetValue(name, out var value)
        ? value is InputValue.List list ? [.. list.Items.Select(item => item.ToString() ?? "")] : [value.ToString() ?? ""]
        : [];
}
