using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Graphs;

/// <summary>How all images of a project are made, drawn from the <c>FROM</c> and <c>COPY --from</c> of its Dockerfiles.</summary>
public sealed record BuildGraph(IReadOnlyList<BuildNode> Nodes, IReadOnlyList<BuildEdge> Edges, IReadOnlyList<BuildFault> Faults)
{
    /// <param name="sources">Every variant whose Dockerfile could be read, in the project's order.</param>
    /// <param name="settings">Tells which images are the project's own.</param>
    public static BuildGraph Of(IReadOnlyList<VariantSource> sources, ImageSettings settings)
    {
        var reader = new BuildGraphReader(settings with { Variants = [.. sources.Select(source => source.Variant)] });
        return reader.Read(sources);
    }

    public BuildNode? ImageOf(string variant) => Nodes.FirstOrDefault(node => node.Variants.Contains(variant));

    /// <summary>Images from outside that the variants are made with.</summary>
    public IEnumerable<BuildNode> UsedBases => Nodes.Where(node => node is { Kind: BuildNodeKind.Base, IsUsed: true });
}
