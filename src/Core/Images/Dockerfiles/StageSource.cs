namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Where a stage takes something from.</summary>
public abstract record StageSource
{
    private StageSource()
    {
    }

    /// <summary>The folder that is sent to the build.</summary>
    public sealed record Context : StageSource;

    /// <summary>Nothing: <c>FROM scratch</c>.</summary>
    public sealed record Scratch : StageSource;

    /// <summary>A stage of the same file.</summary>
    /// <param name="Index">From 0.</param>
    public sealed record Stage(int Index) : StageSource;

    /// <summary>An image of a registry, arguments replaced.</summary>
    /// <param name="Platform">The platform asked for with <c>--platform</c>; null: the one that is built for.</param>
    public sealed record Image(string Reference, string? Platform = null) : StageSource;

    /// <summary>A download of <c>ADD</c>.</summary>
    public sealed record Address(string Url) : StageSource;
}

/// <summary>How a stage uses something.</summary>
public enum RelationKind
{
    /// <summary>It begins with it.</summary>
    From,

    /// <summary>Files are copied from it (<c>COPY</c>, <c>ADD</c>).</summary>
    Copy,

    /// <summary>A command reads it while it runs (<c>RUN --mount</c>).</summary>
    Mount,
}

/// <summary>That a stage takes something from somewhere.</summary>
/// <param name="What">The paths that are taken; empty for a whole image.</param>
public sealed record StageRelation(RelationKind Kind, StageSource Source, int Line, IReadOnlyList<string> What);
