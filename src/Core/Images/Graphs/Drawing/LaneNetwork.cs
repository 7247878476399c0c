namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>Nodes and edges as lanes: an edge that crosses a column gets a lane there, so that it never runs over a node.</summary>
internal sealed class LaneNetwork
{
    public const double NodeHeight = 48;
    private const double GapHeight = 14;

    private readonly List<Lane> _lanes = [];
    private readonly Dictionary<string, Lane> _ofNode = [];
    private readonly Dictionary<BuildEdge, IReadOnlyList<Lane>> _routes = [];

    public LaneNetwork(BuildGraph graph, IReadOnlyDictionary<string, int> columns, Func<BuildNode, int> band)
    {
        foreach (var node in graph.Nodes)
            _lanes.Add(_ofNode[node.Id] = new Lane(node.Id, columns[node.Id], band(node), NodeHeight));
        foreach (var edge in graph.Edges.Where(edge => columns[edge.From] < columns[edge.To]))
            _routes[edge] = Route(_ofNode[edge.From], _ofNode[edge.To]);
    }

    public IReadOnlyList<Lane> Lanes => _lanes;

    public Lane this[string node] => _ofNode[node];

    /// <summary>The lanes an edge goes through, its two nodes included; for one that closes a circle only these.</summary>
    public IReadOnlyList<Lane> RouteOf(BuildEdge edge) => _routes.GetValueOrDefault(edge) ?? [_ofNode[edge.From], _ofNode[edge.To]];

    private List<Lane> Route(Lane from, Lane to)
    {
        var route = new List<Lane> { from };
        for (var column = from.Column + 1; column < to.Column; column++)
        {
            var gap = new Lane(null, column, to.Band, GapHeight);
            _lanes.Add(gap);
            route.Add(gap);
        }
        route.Add(to);
        for (var i = 1; i < route.Count; i++)
        {
            route[i - 1].After.Add(route[i]);
            route[i].Before.Add(route[i - 1]);
        }
        return route;
    }
}
