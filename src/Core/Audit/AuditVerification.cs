namespace ReleaseDashboard.Core.Audit;

/// <summary>What verifying the chain found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Head">Hash of the last good entry.</param>
/// <param name="FirstBad">Sequence of the first entry that does not fit, or null when all do.</param>
/// <param name="Reason">What is wrong with it, or null.</param>
public sealed record AuditVerification(long Entries, string Head, long? FirstBad, string? Reason)
{
    public bool Intact => FirstBad is null;
}

/// <summary>Reads entries in order and finds the first that does not fit: a gap, a changed field, a broken link.</summary>
public sealed class AuditChainVerifier
{
    private long count;
    private string head = AuditEntry.Genesis;

    /// <summary>Takes the next stored entry. Returns the verdict when it does not fit, null when it does.</summary>
    public AuditVerification? Take(AuditEntry entry, string storedPrevious, string storedHash)
    {
        if (entry.Sequence != count + 1)
            return Bad(count + 1, $"Entry {count + 1} is missing; the next one stored is {entry.Sequence}.");
        if (storedPrevious != head)
            return Bad(entry.Sequence, $"Entry {entry.Sequence} does not continue from entry {count}.");
        if (entry.HashAfter(head) != storedHash)
            return Bad(entry.Sequence, $"Entry {entry.Sequence} was changed after it was written.");
        count = entry.Sequence;
        head = storedHash;
        return null;
    }

    /// <summary>The verdict after the last entry.</summary>
    /// <param name="recordedCount">How many entries the database says it has written.</param>
    public AuditVerification Finish(long recordedCount, string recordedHead) =>
        count == recordedCount && head == recordedHead
            ? new AuditVerification(count, head, null, null)
            : Bad(count + 1, $"The trail ends at entry {count}, but {recordedCount} were written.");

    private AuditVerification Bad(long sequence, string reason) => new(count, head, sequence, reason);
}
