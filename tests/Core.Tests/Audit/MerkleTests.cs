using ReleaseDashboard.Core.Audit.Merkle;

namespace ReleaseDashboard.Core.Tests.Audit;

public sealed class MerkleTests
{
    private const int Largest = 70;
    private static readonly byte[][] Leaves = NaiveMerkle.Leaves(Largest);

    [Fact]
    public void Root_OfEverySize_IsThatOfTheDefinition()
    {
        var frontier = new MerkleFrontier();
        frontier.Root().ToString().ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (var size = 1; size <= Largest; size++)
        {
            frontier.Add(MerkleHash.Leaf(Hash256.Read(Leaves[size - 1])));
            frontier.Root().ToString().ShouldBe(Convert.ToHexStringLower(NaiveMerkle.Root(Leaves.AsSpan(0, size))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(64)]
    [InlineData(69)]
    public void Root_FromLargerAndSmallerSubtrees_IsThatOfTheWhole(int size)
    {
        const int part = 8;
        var (blocks, rest) = (new MerkleFrontier(), new MerkleFrontier());
        for (var at = 0; at < size; at++)
        {
            rest.Add(MerkleHash.Leaf(Hash256.Read(Leaves[at])));
            if (rest.Count < part)
                continue;
            blocks.Add(rest.Root());
            rest.Clear();
        }
        blocks.Root(rest.Nodes).ToString().ShouldBe(Convert.ToHexStringLower(NaiveMerkle.Root(Leaves.AsSpan(0, size))));
    }

    [Fact]
    public void Subtrees_OfEverySize_AreThoseOfOneLeafAtATime()
    {
        var (block, frontier) = (new MerkleBlock(Largest), new MerkleFrontier());
        block.Subtrees().ShouldBeEmpty();
        foreach (var leaf in Leaves.Select(leaf => Hash256.Read(leaf)))
        {
            block.Add(leaf);
            frontier.Add(MerkleHash.Leaf(leaf));
            block.Subtrees().ShouldBe(frontier.Nodes.ToArray());
        }
        block.IsFull.ShouldBeTrue();
        block.Clear();
        block.Subtrees().ShouldBeEmpty();
    }

    [Fact]
    public void Inclusion_OfEveryLeafInEverySize_IsTheDefinitionsAndVerifies()
    {
        for (var size = 1; size <= Largest; size++)
        {
            var root = NaiveMerkle.RootOf(Leaves, new MerkleRange(0, size));
            for (var index = 0; index < size; index++)
            {
                var path = Hashes(MerklePaths.Inclusion(index, size));
                path.Select(hash => hash.ToString()).ShouldBe(NaiveMerkle.Hex(NaiveMerkle.Path(index, Leaves.AsSpan(0, size))));
                var leaf = MerkleHash.Leaf(Hash256.Read(Leaves[index]));
                MerkleProof.Includes(leaf, index, size, path, root).ShouldBeTrue();
                MerkleProof.Includes(MerkleHash.Leaf(leaf), index, size, path, root).ShouldBeFalse();
                MerkleProof.Includes(leaf, index, size, [.. path, leaf], root).ShouldBeFalse();
                MerkleProof.Includes(leaf, index, size + 64, path, root).ShouldBeFalse();
                if (path.Count > 0)
                    MerkleProof.Includes(leaf, index, size, [.. path.SkipLast(1)], root).ShouldBeFalse();
                if (size > 1)
                    MerkleProof.Includes(leaf, (index + 1) % size, size, path, root).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Consistency_OfEveryPairOfSizes_IsTheDefinitionsAndVerifies()
    {
        for (var newer = 1; newer <= Largest; newer++)
        {
            var newerRoot = NaiveMerkle.RootOf(Leaves, new MerkleRange(0, newer));
            for (var older = 1; older <= newer; older++)
            {
                var olderRoot = NaiveMerkle.RootOf(Leaves, new MerkleRange(0, older));
                var path = Hashes(MerklePaths.Consistency(older, newer));
                path.Select(hash => hash.ToString()).ShouldBe(NaiveMerkle.Hex(NaiveMerkle.Proof(older, Leaves.AsSpan(0, newer))));
                MerkleProof.IsConsistent(older, olderRoot, newer, newerRoot, path).ShouldBeTrue();
                MerkleProof.IsConsistent(older, MerkleHash.Leaf(olderRoot), newer, newerRoot, path).ShouldBeFalse();
                MerkleProof.IsConsistent(older, olderRoot, newer, MerkleHash.Leaf(newerRoot), path).ShouldBeFalse();
                MerkleProof.IsConsistent(older, olderRoot, newer, newerRoot, [.. path, olderRoot]).ShouldBeFalse();
                if (path.Count > 0)
                    MerkleProof.IsConsistent(older, olderRoot, newer, newerRoot, [.. path.SkipLast(1)]).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Hash_OfALeafThatLooksLikeANode_IsNotTheNodes()
    {
        var (left, right) = (Hash256.Read(Leaves[0]), Hash256.Read(Leaves[1]));
        MerkleHash.Node(left, right).ShouldNotBe(MerkleHash.Node(right, left));
        MerkleHash.Leaf(left).ShouldNotBe(left);
    }

    private static List<Hash256> Hashes(IReadOnlyList<MerkleRange> ranges) => [.. ranges.Select(range => NaiveMerkle.RootOf(Leaves, range))];
}
