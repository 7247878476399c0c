using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Images.Graphs;

/// <summary>In which order the variants are built.</summary>
/// <param name="Levels">Names of variants: those of one level are built in parallel, and each level after the one before it. Empty when there is a cycle.</param>
/// <param name="Needs">For each variant, the variants whose published image it is made with.</param>
/// <param name="Cycle">Variants that need each other, the first repeated at the end; empty when there is none.</param>
public sealed record BuildOrder(
    IReadOnlyList<IReadOnlyList<string>> Levels, IReadOnlyDictionary<string, IReadOnlyList<string>> Needs, IReadOnlyList<string> Cycle)
{
    /// <summary>The cycle in words; null when there is none.</summary>
    public string? Fault => Cycle.Count == 0 ? null : $"The images need each other in a circle: {string.Join(" needs ", Cycle)}.";

    public static BuildOrder Of(BuildGraph graph)
    {
        var variants = graph.Nodes.SelectMany(node => node.Variants).ToList();
        var needs = variants.ToDictionary(name => name, name => Direct(graph, name));
        var cycle = new StepGraph(variants.Select(name => (name, needs[name]))).FindCycle();
        return new BuildOrder(cycle.Count > 0 ? [] : LevelsOf(variants, needs), needs, cycle);
    }

    private static List<IReadOnlyList<string>> LevelsOf(List<string> variants, Dictionary<string, IReadOnlyList<string>> needs)
    {
        var levels = new List<IReadOnlyList<string>>();
        var built = new HashSet<string>();
        while (built.Count < variants.Count)
        {
            levels.Add([.. variants.Where(name => !built.Contains(name) && needs[name].All(built.Contains))]);
            built.UnionWith(levels[^1]);
        }
        return levels;
    }

    // Through the stages of its own file, up to the first image that must have been published.
    private static IReadOnlyList<string> Direct(BuildGraph graph, string variant)
    {
        var found = new List<string>();
        var open = new Queue<string>([graph.ImageOf(variant)!.Id]);
        var seen = new HashSet<string>(open);
        while (open.TryDequeue(out var next))
        {
            foreach (var edge in graph.Edges.Where(edge => edge.To == next))
            {
                if (edge.Variant is null && seen.Add(edge.From))
                    open.Enqueue(edge.From);
                else if (edge.Variant is { } other && !found.Contains(other))
                    found.Add(other);
            }
        }
        return found;
    }
}
