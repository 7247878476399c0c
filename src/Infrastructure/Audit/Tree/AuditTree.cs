using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Tree;

/// <summary>
/// The Merkle tree over the entries' hashes (docs/decisions/0010). A root or a proof reads a few hundred rows at any size:
/// roots of full subtrees of 256, 65,536 … entries are stored.
/// </summary>
public sealed class AuditTree(LedgerStore ledger)
{
    /// <summary>How many children a stored subtree has; 8 levels of the tree.</summary>
    internal const int Width = 256;

    internal const int Levels = 8;

    /// <summary>Root of the tree over the first entries.</summary>
    public async Task<Hash256> RootAsync(long size, CancellationToken cancellationToken)
    {
        await using var nodes = await OpenAsync(cancellationToken);
        return await nodes.RootAsync(size);
    }

    /// <summary>Proofs that these entries are among the first <paramref name="size"/>, in the same order.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Hash256>>> InclusionAsync(IReadOnlyList<long> sequences, long size, CancellationToken cancellationToken)
    {
        await using var nodes = await OpenAsync(cancellationToken);
        var proofs = new List<IReadOnlyList<Hash256>>(sequences.Count);
        foreach (var sequence in sequences)
            proofs.Add(await nodes.HashesAsync(MerklePaths.Inclusion(sequence - 1, size)));
        return proofs;
    }

    /// <summary>Proof that the first <paramref name="older"/> entries are the beginning of the first <paramref name="newer"/>.</summary>
    public async Task<IReadOnlyList<Hash256>> ConsistencyAsync(long older, long newer, CancellationToken cancellationToken)
    {
        await using var nodes = await OpenAsync(cancellationToken);
        return await nodes.HashesAsync(MerklePaths.Consistency(older, newer));
    }

    private async Task<AuditTreeNodes> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = ledger.Connect();
        await connection.OpenAsync(cancellationToken);
        return new AuditTreeNodes(connection, cancellationToken);
    }
}
