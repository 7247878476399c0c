using ReleaseDashboard.Core.Images.Dockerfiles;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Graphs;

/// <summary>Puts the stages of several Dockerfiles into one graph.</summary>
internal sealed class BuildGraphReader(ImageSettings settings)
{
    private readonly OwnImages _own = new(settings);
    private readonly Dictionary<string, BuildNode> _nodes = [];
    private readonly Dictionary<(string From, string To, RelationKind Kind), BuildEdge> _edges = [];
    private readonly List<BuildFault> _faults = [];
    private readonly Dictionary<string, string> _imageOf = [];

    public BuildGraph Read(IReadOnlyList<VariantSource> sources)
    {
        var groups = sources.GroupBy(source => source.Group).Select(group => group.ToList()).ToList();
        for (var i = 0; i < groups.Count; i++)
            Stages(groups[i], i);
        for (var i = 0; i < groups.Count; i++)
            Relations(groups[i], i);
        return new BuildGraph([.. _nodes.Values], [.. _edges.Values], [.. _faults.Distinct()]);
    }

    private void Stages(List<VariantSource> variants, int group)
    {
        var (file, dockerfile) = (variants[0].Variant.Dockerfile, variants[0].Dockerfile);
        _faults.AddRange(dockerfile.Faults.Select(fault => new BuildFault(file, fault.Line, fault.Message, fault.IsWarning)));
        var targets = new Dictionary<int, List<string>>();
        foreach (var variant in variants.Select(source => source.Variant))
        {
            if (dockerfile.StageOf(variant.Target) is { } target)
                (targets.TryGetValue(target.Index, out var same) ? same : targets[target.Index] = []).Add(variant.Name);
            else if (variant.Target is { } name)
                _faults.Add(new BuildFault(file, 1, $"There is no stage '{name}', which the variant {variant.Name} is built from.", IsWarning: false));
        }
        var used = Used(dockerfile, targets.Keys);
        foreach (var stage in dockerfile.Stages)
        {
            var names = targets.GetValueOrDefault(stage.Index) ?? [];
            var id = Id(group, stage.Index);
            _nodes.Add(id, new BuildNode(
                id,
                names.Count > 0 ? BuildNodeKind.Image : BuildNodeKind.Stage,
                names.Count > 0 ? string.Join(", ", names) : stage.Title,
                file,
                stage.Line,
                used.Contains(stage.Index),
                names));
            foreach (var name in names)
                _imageOf[name] = id;
        }
    }

    private void Relations(List<VariantSource> variants, int group)
    {
        var (variant, dockerfile) = (variants[0].Variant, variants[0].Dockerfile);
        foreach (var stage in dockerfile.Stages)
        {
            var to = _nodes[Id(group, stage.Index)];
            foreach (var relation in stage.Relations)
            {
                var (from, own) = Source(relation, variant, group, to.IsUsed);
                if (from is not null)
                    Connect(from, to, relation, variant.Dockerfile, own);
            }
        }
    }

    private (string? Id, string? Variant) Source(StageRelation relation, ImageVariant variant, int group, bool isUsed) => relation.Source switch
    {
        StageSource.Stage stage => (Id(group, stage.Index), null),
        StageSource.Context => (Outside($"context {variant.Context}", BuildNodeKind.Context, variant.Context is "." or "" ? "Build context" : variant.Context, isUsed), null),
        StageSource.Address address => (Outside($"address {address.Url}", BuildNodeKind.Address, address.Url, isUsed), null),
        StageSource.Image image => Image(relation, image, variant, isUsed),
        _ => (null, null),
    };

    private (string Id, string? Variant) Image(StageRelation relation, StageSource.Image image, ImageVariant variant, bool isUsed)
    {
        if (!ImageReference.TryParse(image.Reference, out var reference, out _))
            return (Outside($"image {image.Reference}", BuildNodeKind.Base, image.Reference, isUsed), null);
        if (_own.VariantOf(reference) is { } own && _imageOf.TryGetValue(own, out var id))
            return (id, own);
        if (_own.IsOwn(reference))
        {
            _faults.Add(new BuildFault(
                variant.Dockerfile, relation.Line, $"'{image.Reference}' is in this project's repository, and its tag belongs to none of the variants.", IsWarning: true));
        }
        return (Outside($"image {reference}", BuildNodeKind.Base, reference.Familiar, isUsed), null);
    }

    private string Outside(string id, BuildNodeKind kind, string title, bool isUsed)
    {
        var known = _nodes.GetValueOrDefault(id) ?? new BuildNode(id, kind, title, null, null, false, []);
        _nodes[id] = known with { IsUsed = known.IsUsed || isUsed };
        return id;
    }

    private void Connect(string from, BuildNode to, StageRelation relation, string file, string? variant)
    {
        var key = (from, to.Id, relation.Kind);
        var edge = _edges.GetValueOrDefault(key) ?? new BuildEdge(from, to.Id, relation.Kind, file, [], to.IsUsed, variant);
        _edges[key] = edge with { Uses = [.. edge.Uses, new BuildUse(relation.Line, relation.What)] };
    }

    private static HashSet<int> Used(Dockerfile dockerfile, IEnumerable<int> targets) =>
        [.. targets.SelectMany(target => dockerfile.NeededFor(dockerfile.Stages[target]))];

    private static string Id(int group, int stage) => $"stage {group}.{stage}";
}
