using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>What checking a pack found.</summary>
/// <param name="KeyId">The key that signed, or null when there is no proof.</param>
/// <param name="IsKeyKnown">Whether that key is one that the checker trusts; otherwise the pack only vouches for itself.</param>
/// <param name="Faults">Everything that does not fit; empty when all does.</param>
public sealed record EvidenceVerdict(EvidencePack? Pack, string? KeyId, bool IsKeyKnown, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0 && IsKeyKnown;
}

/// <summary>Checks a pack without the ledger: signature, hashes, places in the tree, digests of what was approved.</summary>
public static class EvidenceCheck
{
    /// <param name="text">The JSON file, or the HTML file, which holds the same.</param>
    /// <param name="trusted">PEM of trusted public keys by id.</param>
    public static EvidenceVerdict Run(string text, IReadOnlyDictionary<string, string> trusted)
    {
        if (EvidenceJson.Read(Extract(text)) is not { Format: EvidencePack.CurrentFormat } pack)
            return new EvidenceVerdict(null, null, false, ["The file is no evidence pack."]);
        var faults = new List<string>();
        var (checkpoint, isKnown) = Checkpoint(pack.Proof, trusted, faults);
        foreach (var entry in pack.Audit)
            Entry(entry, pack, checkpoint, faults);
        foreach (var step in pack.Stages.SelectMany(stage => stage.Steps))
            Step(step, faults);
        return new EvidenceVerdict(pack, checkpoint?.KeyId, isKnown, faults);
    }

    private static string Extract(string text)
    {
        var from = text.IndexOf(EvidenceHtml.DataStart, StringComparison.Ordinal);
        if (from < 0)
            return text;
        var to = text.IndexOf("</pre>", from, StringComparison.Ordinal);
        return to < 0 ? text : WebUtility.HtmlDecode(text[(from + EvidenceHtml.DataStart.Length)..to]);
    }

    private static (AuditCheckpoint? Checkpoint, bool IsKnown) Checkpoint(PackProof? proof, IReadOnlyDictionary<string, string> trusted, List<string> faults)
    {
        if (proof is null)
        {
            faults.Add("The pack has no signed checkpoint, so nothing proves its entries.");
            return (null, false);
        }
        if (SignedCheckpoint.Read(proof.Checkpoint) is not { } signed)
        {
            faults.Add("The checkpoint cannot be read.");
            return (null, false);
        }
        var isKnown = trusted.TryGetValue(signed.Checkpoint.KeyId, out var pem);
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem ?? proof.PublicKey);
            if (CheckpointKey.IdOf(key) != signed.Checkpoint.KeyId || !signed.IsSignedBy(key))
                faults.Add("The checkpoint's signature is wrong.");
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            faults.Add("The public key in the pack cannot be read.");
        }
        return (signed.Checkpoint, isKnown);
    }

    private static void Entry(PackEntry entry, EvidencePack pack, AuditCheckpoint? checkpoint, List<string> faults)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Audit entry {entry.Sequence}");
        if (entry.ReleaseId != pack.Release.Id)
            faults.Add($"{name} is of another release.");
        if (entry.ToEntry().HashAfter(entry.PreviousHash) != entry.Hash)
            faults.Add($"{name} was changed: its hash is not that of its fields.");
        if (checkpoint is null)
            return;
        var path = entry.Path.Select(hex => Hash256.TryParse(hex, out var hash) ? hash : default).ToList();
        if (!Hash256.TryParse(entry.Hash, out var own) || !MerkleProof.Includes(MerkleHash.Leaf(own), entry.Sequence - 1, checkpoint.Size, path, checkpoint.Root))
            faults.Add($"{name} is not proved to be in the trail that the checkpoint was signed for.");
    }

    private static void Step(PackStep step, List<string> faults)
    {
        if (step.EvidenceDigest is { } digest && new Evidence(step.Evidence).Digest != digest)
            faults.Add($"The evidence of step {step.Key} was changed: it does not have the digest that stands beside it.");
        var settled = step.Requests.LastOrDefault(request => request.Outcome == nameof(Persistence.Records.ApprovalOutcome.Granted));
        // What people were shown is the evidence without what the approval itself added.
        if (settled is not null && step.EvidenceDigest is not null && settled.EvidenceDigest != ApprovalStep.Shown(new Evidence(step.Evidence)).Digest)
            faults.Add($"Step {step.Key} was approved with other evidence than it shows.");
    }
}
