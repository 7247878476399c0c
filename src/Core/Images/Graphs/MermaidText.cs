using System.Text;
using ReleaseDashboard.Core.Images.Dockerfiles;

namespace ReleaseDashboard.Core.Images.Graphs;

/// <summary>The build graph as a Mermaid flowchart, to be put into documents.</summary>
public static class MermaidText
{
    public static string Of(BuildGraph graph)
    {
        var names = graph.Nodes.Select((node, index) => (node.Id, Name: $"n{index}")).ToDictionary(own => own.Id, own => own.Name);
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in graph.Nodes.Where(node => node.File is null))
            text.Append("  ").Append(names[node.Id]).Append(Shape(node)).Append('\n');
        var file = 0;
        foreach (var own in graph.Nodes.Where(node => node.File is not null).GroupBy(node => node.Id[..node.Id.LastIndexOf('.')]))
        {
            text.Append("  subgraph f").Append(file++).Append("[\"").Append(Escaped(own.First().File!)).Append("\"]\n");
            foreach (var node in own)
                text.Append("    ").Append(names[node.Id]).Append(Shape(node)).Append('\n');
            text.Append("  end\n");
        }
        foreach (var edge in graph.Edges)
            text.Append("  ").Append(names[edge.From]).Append(Arrow(edge)).Append(names[edge.To]).Append('\n');
        Class(text, "published", "stroke-width:3px", graph.Nodes.Where(node => node.Kind == BuildNodeKind.Image), names);
        Class(text, "unused", "stroke-dasharray:4 4,opacity:0.6", graph.Nodes.Where(node => !node.IsUsed), names);
        return text.ToString();
    }

    private static string Shape(BuildNode node)
    {
        var title = Escaped(node.IsUsed ? node.Title : $"{node.Title} (unused)");
        return node.Kind switch
        {
            BuildNodeKind.Context => $"[/\"{title}\"/]",
            BuildNodeKind.Base or BuildNodeKind.Address => $"([\"{title}\"])",
            BuildNodeKind.Image => $"[[\"{title}\"]]",
            _ => $"[\"{title}\"]",
        };
    }

    private static string Arrow(BuildEdge edge) => edge.Kind switch
    {
        RelationKind.From => " -->|FROM| ",
        RelationKind.Copy => " -.->|COPY| ",
        _ => " -.->|mount| ",
    };

    private static void Class(StringBuilder text, string name, string style, IEnumerable<BuildNode> nodes, Dictionary<string, string> names)
    {
        var members = string.Join(',', nodes.Select(node => names[node.Id]));
        if (members.Length > 0)
            text.Append("  classDef ").Append(name).Append(' ').Append(style).Append("\n  class ").Append(members).Append(' ').Append(name).Append('\n');
    }

    // Entities by Mermaid's own rule: '#' and a code, and a semicolon.
    private static string Escaped(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '"' or '#' or '<' or '>' or '&' or ';' or '`' or '\\' || char.IsControl(c))
                safe.Append('#').Append((int)c).Append(';');
            else
                safe.Append(c);
        }
        return safe.ToString();
    }
}
