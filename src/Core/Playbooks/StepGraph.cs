namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Steps and their needs. Ids keep the order they were given in, so every answer is the same on every run.</summary>
public sealed class StepGraph
{
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _needs = [];

    /// <param name="steps">Ids, each once, with the ids they need. Needs that are no step here are ignored: validation names them.</param>
    public StepGraph(IEnumerable<(string Id, IReadOnlyList<string> Needs)> steps)
    {
        foreach (var (id, needs) in steps)
        {
            _ids.Add(id);
            _needs.Add(id, needs);
        }
    }

    /// <summary>Every step after all that it needs; steps that could go either way stay in file order. Throws on a cycle.</summary>
    public IReadOnlyList<string> TopologicalOrder()
    {
        if (FindCycle() is { Count: > 0 } cycle)
            throw new InvalidOperationException($"The steps need each other in a circle: {string.Join(" -> ", cycle)}");
        var order = new List<string>(_ids.Count);
        var placed = new HashSet<string>();
        while (order.Count < _ids.Count)
        {
            var next = _ids.First(id => !placed.Contains(id) && Known(id).All(placed.Contains));
            placed.Add(next);
            order.Add(next);
        }
        return order;
    }

    /// <summary>All steps that must be over before this one, directly or through others.</summary>
    public IReadOnlySet<string> Upstream(string id) => Reach(id, Known);

    /// <summary>All steps that wait for this one, directly or through others.</summary>
    public IReadOnlySet<string> Downstream(string id) => Reach(id, from => _ids.Where(other => _needs[other].Contains(from)));

    /// <summary>A circle of needs, its first id repeated at the end (<c>a, b, a</c> reads: a needs b needs a), or empty.</summary>
    public IReadOnlyList<string> FindCycle() => FindCycles().FirstOrDefault() ?? [];

    /// <summary>One circle for each group of steps that need each other.</summary>
    public IEnumerable<IReadOnlyList<string>> FindCycles()
    {
        var named = new HashSet<string>();
        foreach (var id in _ids)
        {
            if (named.Contains(id) || ShortestCircle(id) is not { } circle)
                continue;
            // Whatever is in a circle with this step belongs to the same knot: one message for it is enough.
            named.UnionWith(Upstream(id).Where(other => Upstream(other).Contains(id)));
            yield return circle;
        }
    }

    private List<string>? ShortestCircle(string start)
    {
        var cameFrom = new Dictionary<string, string>();
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var current))
        {
            foreach (var need in Known(current))
            {
                if (need == start)
                    return Trace(start, current, cameFrom);
                if (cameFrom.TryAdd(need, current))
                    queue.Enqueue(need);
            }
        }
        return null;
    }

    private static List<string> Trace(string start, string last, Dictionary<string, string> cameFrom)
    {
        var circle = new List<string> { start };
        for (var at = last; at != start; at = cameFrom[at])
            circle.Insert(0, at);
        circle.Insert(0, start);
        return circle;
    }

    private IEnumerable<string> Known(string id) => _needs[id].Where(_needs.ContainsKey);

    private static HashSet<string> Reach(string id, Func<string, IEnumerable<string>> neighbours)
    {
        var seen = new HashSet<string>();
        var queue = new Queue<string>(neighbours(id));
        while (queue.TryDequeue(out var current))
        {
            if (seen.Add(current))
                foreach (var next in neighbours(current))
                    queue.Enqueue(next);
        }
        return seen;
    }
}
