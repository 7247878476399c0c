using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Tests.Playbooks;

public sealed class StepGraphProperties
{
    private sealed record Edges(int Count, IReadOnlyList<(int From, int To)> Pairs)
    {
        public IReadOnlyList<string> NeedsOf(int step) => [.. Pairs.Where(pair => pair.From == step).Select(pair => Name(pair.To)).Distinct()];

        public StepGraph Graph() => new(Enumerable.Range(0, Count).Select(i => (Name(i), NeedsOf(i))));

        public static string Name(int step) => $"s{step}";
    }

    private static Arbitrary<Edges> AnyGraph => Arb.From(
        from count in Gen.Choose(1, 8)
        from size in Gen.Choose(0, 10)
        from pairs in (from a in Gen.Choose(0, count - 1) from b in Gen.Choose(0, count - 1) select (a, b)).ListOf(size)
        select new Edges(count, [.. pairs]));

    // Needs point further down the file only: no cycle, and an order that differs from the file.
    private static Arbitrary<Edges> Acyclic => Arb.From(
        from edges in AnyGraph.Generator
        select edges with { Pairs = [.. edges.Pairs.Where(pair => pair.From != pair.To).Select(pair => (Math.Min(pair.From, pair.To), Math.Max(pair.From, pair.To)))] });

    [Fact]
    public void TopologicalOrder_WithoutCycle_PutsEveryStepAfterItsNeeds() => Prop.ForAll(Acyclic, edges =>
    {
        edges.Graph().FindCycle().ShouldBeEmpty();
        var order = edges.Graph().TopologicalOrder().ToList();
        order.Count.ShouldBe(edges.Count);
        for (var i = 0; i < edges.Count; i++)
            foreach (var need in edges.NeedsOf(i))
                order.IndexOf(need).ShouldBeLessThan(order.IndexOf(Edges.Name(i)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FindCycle_InAnyGraph_IsARealCircleExactlyWhenThereIsNoOrder() => Prop.ForAll(AnyGraph, edges =>
    {
        var graph = edges.Graph();
        var cycle = graph.FindCycle();
        if (cycle.Count == 0)
        {
            graph.TopologicalOrder().Count.ShouldBe(edges.Count);
            return;
        }
        cycle[0].ShouldBe(cycle[^1]);
        cycle.Skip(1).ShouldBeUnique();
        foreach (var (step, need) in cycle.Zip(cycle.Skip(1)))
            edges.NeedsOf(int.Parse(step[1..])).ShouldContain(need);
        Should.Throw<InvalidOperationException>(() => graph.TopologicalOrder());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FindCycle_OfThree_IsNamedInFull() =>
        new StepGraph([("a", ["b"]), ("b", ["c"]), ("c", ["a"])]).FindCycle().ShouldBe(["a", "b", "c", "a"]);

    [Fact]
    public void FindCycles_TwoKnots_AreNamedOnceEach() =>
        new StepGraph([("a", ["b"]), ("b", ["a"]), ("x", ["x"]), ("y", ["x"])]).FindCycles()
            .Select(cycle => string.Join(' ', cycle)).ShouldBe(["a b a", "x x"]);

    [Fact]
    public void Downstream_OfAStep_IsAllThatWaitsForIt() =>
        new StepGraph([("a", []), ("b", ["a"]), ("c", ["b"]), ("d", [])]).Downstream("a").ShouldBe(["b", "c"], ignoreOrder: true);
}
