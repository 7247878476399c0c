using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Graphs;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>The Dockerfiles of all variants, as they are in one checkout.</summary>
internal sealed class VariantFiles
{
    private readonly IReadOnlyDictionary<string, string> texts;

    private VariantFiles(IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, BuildOrder> orders) => (this.texts, Orders) = (texts, orders);

    /// <summary>For each platform, the order of the variants that are built for it.</summary>
    public IReadOnlyDictionary<string, BuildOrder> Orders { get; }

    public string TextOf(string variant) => texts[variant];

    public static Result<VariantFiles, StepError> Read(string checkout, ProjectImages images)
    {
        var texts = new Dictionary<string, string>();
        foreach (var variant in images.Settings.Variants)
        {
            var text = WorkspaceFile.Read(checkout, variant.Dockerfile);
            if (!text.IsOk)
                return text.Error;
            texts[variant.Name] = text.Value;
        }
        var orders = new Dictionary<string, BuildOrder>();
        foreach (var platform in images.Keys.Select(key => key.Platform).Distinct())
        {
            // Arguments such as TARGETARCH may lead to another base for another platform. Variants that are not built for it are read
            // all the same: only so is a reference to one of them known for what it is.
            var sources = images.Settings.Variants.Select(variant => VariantSource.Read(variant, texts[variant.Name], platform)).ToList();
            var graph = BuildGraph.Of(sources, images.Settings);
            if (graph.Faults.Where(fault => !fault.IsWarning).ToList() is { Count: > 0 } faults)
            {
                return new StepError("bad-dockerfile", "A Dockerfile cannot be read.", $"{faults[0].File}, line {faults[0].Line}: {faults[0].Message}",
                    "Repair it on the branch and start the release again.", [.. faults.Select(fault => $"{fault.File}:{fault.Line}: {fault.Message}")]);
            }
            var order = BuildOrder.Of(graph);
            if (order.Fault is { } circle)
                return new StepError("image-cycle", "The images cannot be put in an order.", circle, "Take one of the FROM relations away on the branch and start the release again.");
            orders[platform.ToString()] = order;
        }
        return new VariantFiles(texts, orders);
    }

    /// <summary>
    /// The images in groups: those of a group can be built at once, and need only what the groups before it made. A group has one
    /// platform: the engine keeps a single platform of a base image under its tag, so builds for two would take it from each other.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ImageKey>> Groups(ProjectImages images)
    {
        var levels = Orders.Values.Max(order => order.Levels.Count);
        return
        [
            .. from level in Enumerable.Range(0, levels)
               from key in images.Keys
               let order = Orders[key.Platform.ToString()].Levels
               where level < order.Count && order[level].Contains(key.Variant)
               group key by (level, key.Platform) into built
               orderby built.Key.level, built.Key.Platform
               select built.ToList(),
        ];
    }
}
