namespace ReleaseDashboard.Core.Images.Graphs;

/// <summary>What a node of the build graph is.</summary>
public enum BuildNodeKind
{
    /// <summary>A folder that is sent to a build.</summary>
    Context,

    /// <summary>An image from outside.</summary>
    Base,

    /// <summary>A download of <c>ADD</c>.</summary>
    Address,

    /// <summary>A stage that is thrown away after the build.</summary>
    Stage,

    /// <summary>A stage that is published: a variant.</summary>
    Image,
}

/// <summary>One box of the build graph.</summary>
/// <param name="Id">The same for the same files on every run.</param>
/// <param name="Title">What people call it: the variant, the stage, the image with its tag.</param>
/// <param name="File">The Dockerfile it stands in; null for what comes from outside.</param>
/// <param name="Line">Of its <c>FROM</c>; null for what comes from outside.</param>
/// <param name="IsUsed">Whether a variant is made with it.</param>
/// <param name="Variants">Variants that it is; empty for what is not published.</param>
public sealed record BuildNode(string Id, BuildNodeKind Kind, string Title, string? File, int? Line, bool IsUsed, IReadOnlyList<string> Variants);
