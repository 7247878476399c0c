using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>Makes the pack of a release, finished or not.</summary>
public sealed class EvidencePacks(LedgerStore ledger, PackSteps steps, CheckpointMaker checkpoints, CheckpointKeys keys, AuditTree tree, TimeProvider time)
{
    /// <summary>The pack as of now, or null when there is no such release. Signs a checkpoint when the last one is older than its entries.</summary>
    public async Task<EvidencePack?> MakeAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        if (await db.Releases.Include(record => record.Project).FirstOrDefaultAsync(record => record.Id == releaseId, cancellationToken) is not { } release)
            return null;
        var playbook = await db.ReleaseSnapshots.Where(snapshot => snapshot.ReleaseId == releaseId).Select(snapshot => snapshot.PlaybookText).FirstOrDefaultAsync(cancellationToken) ?? "";
        var stages = await steps.OfAsync(db, releaseId, cancellationToken);
        var entries = await db.Audit.Where(entry => entry.ReleaseId == releaseId).OrderBy(entry => entry.Sequence).ToListAsync(cancellationToken);
        var proof = await ProofAsync(entries, cancellationToken);
        var paths = proof is null
            ? entries.ConvertAll(_ => (IReadOnlyList<string>)[])
            : (await tree.InclusionAsync([.. entries.Select(entry => entry.Sequence)], proof.Checkpoint.Size, cancellationToken))
                .Select(path => (IReadOnlyList<string>)[.. path.Select(hash => hash.ToString())]).ToList();
        return new EvidencePack(
            EvidencePack.CurrentFormat, time.GetUtcNow(), HowToCheck.Lines, Release(release, playbook), stages, [.. entries.Zip(paths, Entry)],
            proof is null ? null : new PackProof(proof.Text, keys.Public().GetValueOrDefault(proof.Checkpoint.KeyId) ?? ""));
    }

    // Without a signature the pack is still worth reading: it says that it has none.
    private async Task<SignedCheckpoint?> ProofAsync(List<AuditRecord> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return null;
        if (await checkpoints.LastAsync(cancellationToken) is { } last && last.Checkpoint.Size >= entries[^1].Sequence)
            return last;
        var made = await checkpoints.MakeAsync(cancellationToken);
        return made.IsOk && made.Value.Checkpoint.Size >= entries[^1].Sequence ? made.Value : null;
    }

    private static PackRelease Release(ReleaseRecord release, string playbook) => new(
        release.Id, release.Project!.Name, release.Project.Repository, release.Version, release.LastVersion, Words.Of(release.Status), release.IsRehearsal, release.PlaybookName, release.PlaybookRevision,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(playbook))), release.PlanDigest, release.BaseCommit, release.StartedBy, release.Owner,
        release.StartedAt, release.FinishedAt, release.AbortReason);

    private static PackEntry Entry(AuditRecord entry, IReadOnlyList<string> path) => new(
        entry.Sequence, entry.At.ToUnixTimeMilliseconds(), entry.ActorKind, entry.ActorName, entry.Action, entry.ProjectId, entry.ReleaseId, entry.Subject, entry.Before, entry.After,
        entry.PreviousHash, entry.Hash, path);
}
