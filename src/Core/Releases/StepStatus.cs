namespace ReleaseDashboard.Core.Releases;

/// <summary>Where a step of a release stands in the ledger.</summary>
public enum StepStatus
{
    /// <summary>Not begun; it runs as soon as every step it needs is settled.</summary>
    Pending,

    /// <summary>A worker holds the lease and runs an attempt.</summary>
    Running,

    /// <summary>Waits for something outside (checks, a review). No worker is held.</summary>
    WaitingOutside,

    /// <summary>Waits for a named person: a checklist, an approval. No worker is held.</summary>
    WaitingForPerson,

    /// <summary>Done and verified.</summary>
    Succeeded,

    /// <summary>The last attempt failed; a maintainer chooses what happens.</summary>
    Failed,

    /// <summary>The truth outside cannot be observed, or differs from the intent. A human must look.</summary>
    NeedsReconciliation,

    /// <summary>Left out: an optional step skipped with a reason, or one whose condition does not hold.</summary>
    Skipped,

    /// <summary>The release was aborted before the step was settled.</summary>
    Cancelled,
}
