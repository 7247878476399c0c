using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Changelog;

/// <summary>Notes are part of what people approve, so changing them afterwards is found.</summary>
internal static class NotesEvidence
{
    /// <summary>Item that holds the text.</summary>
    public const string Text = "notes";

    public static string DigestOf(string notes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notes)));

    /// <summary>What an approval adds; nothing when the release has none.</summary>
    public static IEnumerable<EvidenceItem> Of(string? notes) => notes is null ? [] : [new EvidenceItem(Text, EvidenceKind.Text, notes)];

    /// <summary>Why these notes may not be published: people approved others. Null when they may.</summary>
    public static StepError? NotApproved(StepContext context, string approvedDigest)
    {
        var approvals = context.Outputs.Values.Where(evidence => evidence[approvedDigest] is not null).ToList();
        if (approvals.Count == 0)
            return null;
        var approved = approvals.Select(evidence => evidence[Text]).OfType<string>().ToList();
        return context.Notes is not { } ours ? approved.Count == 0 ? null : Changed("They were approved and are gone.") : approved.Contains(ours) ? null
            : Changed(approved.Count == 0 ? "The approval was given before they were edited." : "They were edited after the approval.");
    }

    private static StepError Changed(string why) => new(
        "notes-not-approved", "These release notes are not the ones that were approved.", why,
        "Open the notes and restore the approved text, then retry. Other notes need an approval of their own.");
}
