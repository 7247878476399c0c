using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Images.Layers;

namespace ReleaseDashboard.Core.Tests.Images;

public sealed class LayerTreeTests
{
    private static LayerTree Tree(int maximum, params (int Layer, string Path, long Size)[] entries)
    {
        var builder = new LayerTreeBuilder(maximum);
        foreach (var (layer, path, size) in entries)
            builder.Add(layer, new LayerEntry(path, path.EndsWith('/') ? EntryKind.Folder : EntryKind.File, size));
        return builder.Build();
    }

    private static FileNode At(LayerTree tree, string path) => path.Split('/').Aggregate(tree.Root, (node, name) => node.Children.Single(child => child.Name == name));

    [Fact]
    public void Build_LayersOverEachOther_KnowsWhoAddedAndChangedAndRemoved()
    {
        var tree = Tree(
            100,
            (0, "./etc/", 0), (0, "etc/os", 10), (0, "etc/gone", 7), (0, "usr/lib/a", 5),
            (1, "etc/", 0), (1, "etc/os", 12), (1, "etc/.wh.gone", 0), (1, "app/x", 3));
        At(tree, "etc/os").ShouldSatisfyAllConditions(node => node.AddedBy.ShouldBe(0), node => node.ChangedBy.ShouldBe([1]), node => node.Size.ShouldBe(12), node => node.Hidden.ShouldBe(10));
        At(tree, "etc/gone").ShouldSatisfyAllConditions(node => node.RemovedBy.ShouldBe(1), node => node.Size.ShouldBe(0), node => node.Hidden.ShouldBe(7));
        At(tree, "etc").ChangedBy.ShouldBeEmpty();
        At(tree, "app").AddedBy.ShouldBe(1);
        tree.Root.Size.ShouldBe(12 + 5 + 3);
        tree.Root.Hidden.ShouldBe(17);
        tree.Root.Children.Select(child => child.Name).ShouldBe(["app", "etc", "usr"]);
        At(tree, "usr").IsTouchedBy(1).ShouldBeFalse();
        At(tree, "etc").IsTouchedBy(1).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Build_AnOpaqueFolder_HidesLowerLayersAndKeepsItsOwn(bool markFirst)
    {
        (int, string, long)[] own = [(1, "d/new", 2), (1, "d/.wh..wh..opq", 0)];
        var tree = Tree(100, [(0, "d/old", 4), .. markFirst ? own.Reverse() : own]);
        At(tree, "d/old").RemovedBy.ShouldBe(1);
        At(tree, "d/new").RemovedBy.ShouldBeNull();
        At(tree, "d").RemovedBy.ShouldBeNull();
        tree.Root.Size.ShouldBe(2);
    }

    [Fact]
    public void Build_AFileInPlaceOfAFolder_TakesWhatWasInItAway()
    {
        var tree = Tree(100, (0, "d/x", 4), (1, "d", 1), (2, "d/y", 3));
        At(tree, "d").ShouldSatisfyAllConditions(node => node.Kind.ShouldBe(EntryKind.Folder), node => node.ChangedBy.ShouldBe([1, 2]), node => node.Size.ShouldBe(3));
        At(tree, "d/x").RemovedBy.ShouldBe(1);
    }

    [Fact]
    public void Build_ARemovedFileThatComesBack_IsThereAgain() =>
        At(Tree(100, (0, "a", 1), (1, ".wh.a", 0), (2, "a", 5)), "a").ShouldSatisfyAllConditions(node => node.RemovedBy.ShouldBeNull(), node => node.Size.ShouldBe(5), node => node.ChangedBy.ShouldBe([2]));

    [Fact]
    public void Add_PastTheMaximum_StopsAndSaysSo()
    {
        var tree = Tree(2, (0, "a", 1), (0, "b", 1), (0, "c", 1));
        tree.IsCut.ShouldBeTrue();
        tree.Root.Children.Count.ShouldBe(2);
    }

    [Fact]
    public void Add_PathsThatLeadOut_AreIgnoredAndCounted()
    {
        var tree = Tree(10, (0, "../x", 1), (0, "a/../../b", 1), (0, string.Concat(Enumerable.Repeat("d/", 200)), 1), (0, "/ok", 1));
        tree.Ignored.ShouldBe(3);
        tree.Root.Children.ShouldHaveSingleItem().Name.ShouldBe("ok");
    }

    [Fact]
    public void Build_AnyLayers_SizesAddUp()
    {
        var entries =
            from layer in Gen.Choose(0, 3)
            from path in Gen.Elements("a", "a/b", "a/b/c", "a/", "d", ".wh.a", "a/.wh.b", "a/.wh..wh..opq", ".wh..wh..opq", "..", "", "/", ".wh.")
            from size in Gen.Choose(0, 50)
            select (layer, path, (long)size);
        Prop.ForAll(Arb.From(from count in Gen.Choose(0, 15) from list in entries.ListOf(count) select list.OrderBy(own => own.layer).ToArray()), list =>
        {
            var tree = Tree(100, list);
            Sum(tree.Root).ShouldBe(tree.Root.Size);
            (tree.Root.Size + tree.Root.Hidden).ShouldBeLessThanOrEqualTo(list.Sum(own => own.Item3));
        }).QuickCheckThrowOnFailure();

        static long Sum(FileNode node)
        {
            node.ChangedBy.ShouldBe(node.ChangedBy.Order());
            return node.Kind != EntryKind.Folder || node.Children.Count == 0 ? node.Size : node.Children.Sum(Sum);
        }
    }

    [Fact]
    public void Compare_TwoReleases_TellsSameChangedNewAndGone()
    {
        ImageLayer Layer(string seed, long size, string? by) => new(ParityMatrixTests.Digest(seed), size, by);
        var comparison = LayerComparison.Of(
            [Layer("base", 100, "FROM"), Layer("old", 20, "RUN pip"), Layer("away", 5, "COPY x")],
            [Layer("base", 100, "FROM"), Layer("new", 27, "RUN pip"), Layer("more", 3, null)]);
        comparison.Changes.Select(change => (change.Kind, change.Growth)).ShouldBe(
            [(LayerChangeKind.Same, 0), (LayerChangeKind.Changed, 7), (LayerChangeKind.New, 3), (LayerChangeKind.Gone, -5)]);
        comparison.Growth.ShouldBe(5);
        comparison.Download.ShouldBe(30);
    }
}
