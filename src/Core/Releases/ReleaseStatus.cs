namespace ReleaseDashboard.Core.Releases;

/// <summary>Where a release stands. Derived from its steps by <see cref="ReleaseProgress"/>, stored for searching.</summary>
public enum ReleaseStatus
{
    /// <summary>A worker runs a step, or will as soon as one is free.</summary>
    Running,

    /// <summary>Everything that can go on waits for something outside, such as checks.</summary>
    WaitingOutside,

    /// <summary>A person must do something: tick, approve.</summary>
    NeedsPerson,

    /// <summary>A step failed or needs reconciliation; a maintainer chooses.</summary>
    Failed,

    /// <summary>Every step is settled and the release is out.</summary>
    Published,

    /// <summary>Ended before the end by a person, with a reason.</summary>
    Aborted,
}
