using ReleaseDashboard.Core.Images.Dockerfiles;

namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>What an edge says in words.</summary>
public static class EdgeWords
{
    /// <summary>In full, such as <c>COPY of /wheels (debian.Dockerfile line 12)</c>.</summary>
    public static string Of(BuildEdge edge)
    {
        var what = edge.Uses.SelectMany(use => use.What).Distinct().ToList();
        var lines = string.Join(", ", edge.Uses.Select(use => use.Line));
        return $"{Verb(edge.Kind)}{(what.Count == 0 ? "" : " of " + string.Join(", ", what))} ({edge.File} line {lines})";
    }

    public static string Verb(RelationKind kind) => kind switch
    {
        RelationKind.From => "FROM",
        RelationKind.Copy => "COPY",
        _ => "mount",
    };

    /// <summary>The first thing that is taken, by its last name, with the number of others; null when everything is.</summary>
    public static string? Brief(BuildEdge edge, int longest)
    {
        var names = edge.Uses.SelectMany(use => use.What).Select(path => path.TrimEnd('/', '*').Split('/')[^1]).Where(name => name.Length > 0).Distinct().ToList();
        return names.Count == 0 ? null : XmlText.Cut(names[0], longest) + (names.Count > 1 ? $" +{names.Count - 1}" : "");
    }
}
