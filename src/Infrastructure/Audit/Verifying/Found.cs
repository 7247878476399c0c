using System.Globalization;
using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>Findings in words for a person who has to do something about them.</summary>
internal static class Found
{
    private const string Restore = "Keep a copy of the database as it is now. Verify your backups: the newest one that verifies holds the entries as they were.";
    private const string Rebuild = "The entries themselves are not concerned. Remove the line from the database: it is made again with the next checkpoint.";

    public static AuditFinding Changed(long entry, string what) => new(AuditFindingKind.EntryChanged, entry, entry, what, Restore);

    public static AuditFinding Removed(long first, long last) => new(AuditFindingKind.EntryRemoved, first, last,
        $"{Entries(first, last)} {(first == last ? "is" : "are")} gone; the entries after {(first == last ? "it" : "them")} are still there.", Restore);

    public static AuditFinding RemovedAndClosed(long entry, long moved) => new(AuditFindingKind.EntryRemoved, entry, entry,
        Text($"{Entries(entry, moved - 1)} {(moved - 1 == entry ? "was" : "were")} removed and the later ones renumbered: what stands at {entry:N0} was written as entry {moved:N0}."), Restore);

    public static AuditFinding Inserted(long first, long last, string why) => new(AuditFindingKind.EntryInserted, first, last,
        $"{Entries(first, last)} {(first == last ? "was" : "were")} never written by the product: {why}.", Restore);

    public static AuditFinding Moved(long entry, long written) => new(AuditFindingKind.EntryMoved, Math.Min(entry, written), Math.Max(entry, written),
        Text($"What stands as entry {entry:N0} was written as entry {written:N0}: entries stand in another order than they were written in."), Restore);

    public static AuditFinding TailCut(long first, long last, string why) => new(AuditFindingKind.TailCut, first, last,
        Text($"{why}, but the trail ends at entry {first - 1:N0}: {Entries(first, last)} {(first == last ? "was" : "were")} cut off."), Restore);

    public static AuditFinding HeadGone(long last) => new(AuditFindingKind.HeadChanged, null, null,
        "The record of the trail's end (the row of audit_head) is gone, so that a cut tail could only be found against a checkpoint.",
        Text($"No release can go on without it. Compare with a checkpoint kept elsewhere; when the trail fits, insert the row again with Id 1, Sequence {last:N0} and the hash of that entry."));

    public static AuditFinding HeadChanged(long last) => new(AuditFindingKind.HeadChanged, last, last,
        Text($"Entry {last:N0} and the record of the trail's end (audit_head) do not agree on its hash: the last entry was rewritten, or the record was changed."),
        "Compare with a checkpoint kept elsewhere: when it fits the entry, correct the record's hash. " + Restore);

    public static AuditFinding AfterEnd(long first, long last, long recorded) => new(AuditFindingKind.EntryInserted, first, last,
        Text($"{Entries(first, last)} {(first == last ? "stands" : "stand")} after the end of the trail, which by its record (audit_head) has {recorded:N0} entries: added by hand, or the record was set back."), Restore);

    public static AuditFinding Forged(string which, string why) => new(AuditFindingKind.CheckpointForged, null, null,
        $"{which} cannot be trusted: {why}.", "Take the checkpoint from where copies are kept. If its key is a former one, give its public half with --key.");

    public static AuditFinding CheckpointChanged(string what) => new(AuditFindingKind.CheckpointChanged, null, null, what,
        "Compare with the copies of checkpoints kept elsewhere; verify the trail against those.");

    public static AuditFinding Tree(string what, long? first = null, long? last = null) => new(AuditFindingKind.TreeChanged, first, last, what, first is null ? Rebuild : Restore);

    public static AuditFinding Times(long index, long first, long last) => new(AuditFindingKind.TimesChanged, null, null,
        Text($"Line {index:N0} of the index of times (audit_spans) is not that of entries {first:N0} to {last:N0}: filters by time may have passed over some."), Rebuild);

    public static AuditFinding Rewritten(long first, long last, string what) => new(AuditFindingKind.Rewritten, first, last, what, Restore);

    public static string Entries(long first, long last) => first == last ? Text($"Entry {first:N0}") : Text($"Entries {first:N0} to {last:N0}");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
