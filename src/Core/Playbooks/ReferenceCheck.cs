using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Checks that every reference names a variable, or an output of a step that is over by then, of the right type.</summary>
internal sealed class ReferenceCheck(IReadOnlyList<StepDraft> steps, PlaybookCatalogue catalogue, FaultList faults)
{
    private readonly StepGraph _graph = StepNeeds.GraphOf(steps);
    private readonly Dictionary<string, IReadOnlySet<string>> _upstream = [];

    public static void Run(IReadOnlyList<StepDraft> steps, PlaybookCatalogue catalogue, FaultList faults)
    {
        var check = new ReferenceCheck(steps, catalogue, faults);
        foreach (var step in steps)
            foreach (var reference in step.References)
                check.Check(step, reference);
    }

    private void Check(StepDraft step, PlacedReference reference)
    {
        var found = reference.Name.StartsWith("steps.", StringComparison.Ordinal)
            ? OutputType(step, reference)
            : VariableType(reference);
        if (found is { } type && reference.Wanted is { } wanted && !Fits(type, wanted))
        {
            var words = (Word(type), Word(wanted));
            faults.Add(WrongType, reference.At, $"\"{reference.Name}\" is {words.Item1}, {words.Item2} is wanted here");
        }
    }

    private ValueKind? VariableType(PlacedReference reference)
    {
        if (catalogue.FindVariable(reference.Name) is { } variable)
            return variable.Type;
        var hint = NearestName.Hint(reference.Name, catalogue.Variables.Select(known => known.Name));
        faults.Add(UnknownVariable, reference.At, $"there is no variable \"{reference.Name}\"{hint}");
        return null;
    }

    private ValueKind? OutputType(StepDraft step, PlacedReference reference)
    {
        if (reference.Name.Split('.') is not ["steps", var id, "outputs", var output])
            return Unknown(reference, $"\"{reference.Name}\" is not a reference to an output: write steps.ID.outputs.NAME");
        var source = steps.FirstOrDefault(other => other.Definition.Id == id);
        if (source is null)
            return Unknown(reference, $"there is no step \"{id}\"{NearestName.Hint(id, steps.Select(other => other.Definition.Id))}");
        if (catalogue.FindKind(source.Definition.Kind) is not { } kind)
            return null; // the unknown kind is a fault of its own
        var description = kind.Outputs.FirstOrDefault(known => known.Name == output);
        if (description is null)
        {
            var hint = NearestName.Hint(output, kind.Outputs.Select(known => known.Name));
            return Unknown(reference, $"the step \"{id}\" ({kind.Kind}) has no output \"{output}\"{hint}");
        }
        if (step.Definition.Id.Length > 0 && !Upstream(step.Definition.Id).Contains(id))
            faults.Add(OutputNotReady, reference.At, $"the step \"{id}\" may not be over by then: add it to the needs of \"{step.Definition.Id}\"");
        return description.Type;
    }

    private IReadOnlySet<string> Upstream(string id)
    {
        if (!_upstream.TryGetValue(id, out var upstream))
            _upstream[id] = upstream = _graph.Upstream(id);
        return upstream;
    }

    private ValueKind? Unknown(PlacedReference reference, string message)
    {
        faults.Add(UnknownVariable, reference.At, message);
        return null;
    }

    private static bool Fits(ValueKind type, ValueKind wanted) => type == wanted || (wanted == ValueKind.Text && type != ValueKind.List);

    private static string Word(ValueKind type) => type switch
    {
        ValueKind.Flag => "true or false",
        ValueKind.Number => "a number",
        ValueKind.List => "a list",
        _ => "text",
    };
}
