using System.Globalization;
using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Reads the inputs of a step as its kind describes them, and fills in defaults.</summary>
internal static class InputReader
{
    public static Dictionary<string, InputValue> Read(
        StepKindDescription kind, MappingReader step, List<PlacedReference> references, FaultList faults)
    {
        var names = kind.Inputs.Select(input => input.Name).ToList();
        var node = step.Find("inputs");
        var reader = node is null ? null : MappingReader.Open(node, kind.Kind, faults, names, UnknownInput, "input");
        var values = new Dictionary<string, InputValue>();
        foreach (var input in kind.Inputs)
        {
            if (reader?.Find(input.Name) is { } written)
            {
                if (ReadValue(input, written, references, faults) is { } value)
                    values[input.Name] = value;
            }
            else if (input.Default is { } fallback)
            {
                values[input.Name] = fallback;
                AddReferences(fallback, node ?? step.Node, input.Type, references);
            }
            else if (input.Required)
            {
                faults.Add(MissingInput, node ?? step.Node, $"{kind.Kind} needs the input \"{input.Name}\": {input.Description}");
            }
        }
        return values;
    }

    private static InputValue? ReadValue(InputDescription input, PlaybookNode node, List<PlacedReference> references, FaultList faults)
    {
        if (node is PlaybookNode.Sequence sequence && input.Type == ValueKind.List)
        {
            var items = sequence.Items.Select(item => ReadText(input.Name, item, ValueKind.Text, listItem: true, references, faults)).ToList();
            return items.Contains(null) ? null : new InputValue.List([.. items.Select(item => item!)]);
        }
        if (node is not PlaybookNode.Scalar scalar)
            return WrongTypeOf(input, node, faults);
        var text = ReadText(input.Name, node, input.Type, listItem: false, references, faults);
        if (text is null || text.Template.SingleReference is not null)
            return text;
        return input.Type switch
        {
            ValueKind.Flag when scalar is { IsPlain: true, Text: "true" or "false" } => new InputValue.Flag(scalar.Text == "true"),
            ValueKind.Number when scalar.IsPlain
                && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                new InputValue.Number(number),
            ValueKind.Text => Chosen(input, text, node, faults),
            _ => WrongTypeOf(input, node, faults),
        };
    }

    private static InputValue.Text? ReadText(
        string name, PlaybookNode node, ValueKind wanted, bool listItem, List<PlacedReference> references, FaultList faults)
    {
        if (node is not PlaybookNode.Scalar scalar)
        {
            faults.Add(WrongType, node, $"each item of \"{name}\" must be text");
            return null;
        }
        if (!Template.TryParse(scalar.Text, out var template, out var reason))
        {
            faults.Add(UnknownVariable, node, reason);
            return null;
        }
        var value = new InputValue.Text(template);
        AddReferences(value, node, listItem ? null : wanted, references);
        return value;
    }

    private static InputValue.Text? Chosen(InputDescription input, InputValue.Text text, PlaybookNode node, FaultList faults)
    {
        if (input.Choices is not { Count: > 0 } choices || text.Template.References.Any() || choices.Contains(text.ToString()))
            return text;
        faults.Add(BadValue, node, $"\"{input.Name}\" must be one of {string.Join(", ", choices)}{NearestName.Hint(text.ToString(), choices)}");
        return null;
    }

    private static InputValue? WrongTypeOf(InputDescription input, PlaybookNode node, FaultList faults)
    {
        var wanted = input.Type switch
        {
            ValueKind.Flag => "true or false",
            ValueKind.Number => "a whole number",
            ValueKind.List => "a list",
            _ => "text",
        };
        faults.Add(WrongType, node, $"\"{input.Name}\" must be {wanted}");
        return null;
    }

    // Only a text that is one reference keeps the type of its value; inside longer text any type will do.
    private static void AddReferences(InputValue value, PlaybookNode at, ValueKind? wanted, List<PlacedReference> references)
    {
        if (value is InputValue.List list)
            foreach (var item in list.Items)
                AddReferences(item, at, wanted: null, references);
        else if (value is InputValue.Text text)
            references.AddRange(text.Template.References.Select(
                name => new PlacedReference(name, at, text.Template.SingleReference is null ? null : wanted)));
    }
}
