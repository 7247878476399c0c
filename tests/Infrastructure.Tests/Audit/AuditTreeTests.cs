using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

public sealed class AuditTreeTests
{
    [Theory, DatabaseData]
    public async Task Tree_OfAnySize_ProvesWhatTheEntriesSay(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.FillAsync(500);
        List<Hash256> leaves;
        await using (var db = world.Database.Ledger.Read())
            leaves = [.. (await db.Audit.OrderBy(entry => entry.Sequence).Select(entry => entry.Hash).ToListAsync()).Select(hash => MerkleHash.Leaf(Hash256.Parse(hash)))];
        var frontier = new MerkleFrontier();
        var roots = leaves.ConvertAll(leaf =>
        {
            frontier.Add(leaf);
            return frontier.Root();
        });
        foreach (var size in new[] { 1, 255, 256, 257, 300, 511, 512, 600, 768, 1000, 1024, 1100 })
        {
            (await world.Tree.RootAsync(size, CancellationToken.None)).ShouldBe(roots[size - 1]);
            long[] some = [.. new long[] { 1, 2, 200, 256, 257, 512, 600, size }.Where(sequence => sequence <= size)];
            var proofs = await world.Tree.InclusionAsync(some, size, CancellationToken.None);
            for (var at = 0; at < some.Length; at++)
                MerkleProof.Includes(leaves[(int)some[at] - 1], some[at] - 1, size, proofs[at], roots[size - 1]).ShouldBeTrue();
            foreach (var older in some)
            {
                var proof = await world.Tree.ConsistencyAsync(older, size, CancellationToken.None);
                MerkleProof.IsConsistent(older, roots[(int)older - 1], size, roots[size - 1], proof).ShouldBeTrue();
            }
        }
    }

    [Theory, DatabaseData]
    public async Task Tree_WithATileRemoved_StillKnowsItsRootAndMakesItAgain(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var root = (await world.SignAsync()).Checkpoint.Root;
        await world.TamperAsync("DELETE FROM audit_tiles WHERE \"Index\" = 0");
        (await world.Tree.RootAsync(600, CancellationToken.None)).ShouldBe(root);
        await world.FillAsync(1);
        await world.SignAsync();
        (await world.VerifyAsync()).Intact.ShouldBeTrue();
    }
}
