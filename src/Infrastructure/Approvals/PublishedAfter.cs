using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>An output of a step that a later one takes.</summary>
internal sealed record StepOutput(string Step, string Name);

/// <summary>Which steps after an approval decide what leaves this machine.</summary>
/// <param name="Steps">
/// Those that act outside, those whose outputs these take, directly or through others, and those that worked in the same
/// folder before one whose output is taken. A step that only looks afterwards is none.
/// </param>
/// <param name="Outputs">What these steps take of each other.</param>
internal sealed record PublishedAfter(IReadOnlySet<string> Steps, IReadOnlyList<StepOutput> Outputs)
{
    public static PublishedAfter Of(Playbook playbook, string approval)
    {
        var graph = playbook.Graph();
        var downstream = graph.Downstream(approval);
        var after = playbook.Steps.Where(step => downstream.Contains(step.Id) && step.Effect != StepEffect.Person).ToDictionary(step => step.Id);
        var steps = new HashSet<string>();
        var outputs = new HashSet<StepOutput>();
        var open = new Queue<StepDefinition>(after.Values.Where(step => step.Effect == StepEffect.Outside));
        while (open.TryDequeue(out var step))
        {
            if (!steps.Add(step.Id))
                continue;
            var taken = step.Inputs.Values.SelectMany(Taken).Where(output => after.ContainsKey(output.Step)).ToList();
            outputs.UnionWith(taken);
            var before = step.Effect == StepEffect.Local ? graph.Upstream(step.Id).Where(id => after.TryGetValue(id, out var other) && other.Effect == StepEffect.Local) : [];
            foreach (var id in taken.Select(output => output.Step).Concat(before))
                open.Enqueue(after[id]);
        }
        return new PublishedAfter(steps, [.. outputs.OrderBy(output => output.Step, StringComparer.Ordinal).ThenBy(output => output.Name, StringComparer.Ordinal)]);
    }

    private static IEnumerable<StepOutput> Taken(InputValue value) => value switch
    {
        InputValue.List list => list.Items.SelectMany(Taken),
        InputValue.Text text => text.Template.References.Select(name => name.Split('.')).Where(name => name is ["steps", _, "outputs", _]).Select(name => new StepOutput(name[1], name[3])),
        _ => [],
    };
}
