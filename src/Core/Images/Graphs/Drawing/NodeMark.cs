namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>The small sign of a node, in a square of 16, and the words below its title.</summary>
public static class NodeMark
{
    private const int LongestPlace = 20;

    /// <summary>Path data: shapes differ, so that nobody needs the colours.</summary>
    public static string Of(BuildNodeKind kind) => kind switch
    {
        BuildNodeKind.Context => "M1.8 12.6V3.4h4.4l1.6 2h6.4v7.2z",
        BuildNodeKind.Base => "M8 1.8l6 3.1-6 3.1-6-3.1zM2 8l6 3.1L14 8M2 11.1l6 3.1 6-3.1",
        BuildNodeKind.Address => "M8 2v8M4.6 6.8L8 10.2l3.4-3.4M2.5 13.5h11",
        BuildNodeKind.Stage => "M2 2.4h12v11.2H2zM5 6.2l2 1.9-2 1.9M8.8 10.2h2.4",
        _ => "M8 1.6l5.8 3.1v6.6L8 14.4l-5.8-3.1V4.7zM2.4 4.8L8 7.9l5.6-3.1M8 7.9v6.2",
    };

    /// <summary>What stands in the box: of an image from outside the last part of its name, because that tells it from others.</summary>
    public static string Title(BuildNode node) =>
        node.Kind == BuildNodeKind.Base && node.Title.LastIndexOf('/') is > 0 and var slash ? node.Title[(slash + 1)..] : node.Title;

    public static string Words(BuildNode node) => node switch
    {
        { IsUsed: false } => "unused",
        { Kind: BuildNodeKind.Context } => "files of the repository",
        { Kind: BuildNodeKind.Base } when node.Title.LastIndexOf('/') is > 0 and var slash => $"from {XmlText.Cut(node.Title[..slash], LongestPlace)}",
        { Kind: BuildNodeKind.Base } => "base image",
        { Kind: BuildNodeKind.Address } => "download",
        { Kind: BuildNodeKind.Stage } => $"stage, line {node.Line}",
        _ => $"published, line {node.Line}",
    };
}
