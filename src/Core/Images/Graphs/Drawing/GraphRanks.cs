namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>Columns: what comes from outside is in the first, and everything stands right of all that it is made with.</summary>
internal static class GraphRanks
{
    /// <summary>The column of each node. Edges that close a circle are left out of the reckoning, so that even a faulty graph is drawn.</summary>
    public static IReadOnlyDictionary<string, int> Of(BuildGraph graph)
    {
        var incoming = graph.Edges.ToLookup(edge => edge.To, edge => edge.From);
        var ranks = new Dictionary<string, int>();
        foreach (var node in graph.Nodes)
            Rank(node.Id, incoming, graph.Nodes.Where(own => own.File is null).Select(own => own.Id).ToHashSet(), ranks);
        return ranks;
    }

    // With a stack of its own: a file of ten thousand stages must not end the process.
    private static void Rank(string start, ILookup<string, string> incoming, HashSet<string> outside, Dictionary<string, int> ranks)
    {
        var open = new Stack<string>([start]);
        var entered = new HashSet<string>();
        while (open.TryPeek(out var id))
        {
            if (ranks.ContainsKey(id))
            {
                open.Pop();
                continue;
            }
            var waiting = entered.Add(id) ? incoming[id].Where(from => !ranks.ContainsKey(from) && !entered.Contains(from)).ToList() : [];
            if (waiting.Count > 0)
            {
                waiting.ForEach(open.Push);
                continue;
            }
            open.Pop();
            ranks[id] = outside.Contains(id) ? 0 : 1 + incoming[id].Where(ranks.ContainsKey).Select(from => ranks[from]).DefaultIfEmpty(0).Max();
        }
    }
}
