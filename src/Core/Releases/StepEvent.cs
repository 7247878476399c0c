namespace ReleaseDashboard.Core.Releases;

/// <summary>What can happen to a step. <see cref="StepTransitions"/> says from where to where.</summary>
public enum StepEvent
{
    /// <summary>A worker takes the lease and writes its intent.</summary>
    Claim,

    /// <summary>The lease was lost or given back; the step can be claimed again.</summary>
    Release,

    Succeed,
    Fail,
    WaitOutside,
    AskPerson,
    Reconcile,

    /// <summary>A maintainer starts it again after a failure.</summary>
    Retry,

    /// <summary>A maintainer leaves an optional step out, with a reason, or its condition does not hold.</summary>
    Skip,

    /// <summary>A maintainer did it by hand and says so, with evidence.</summary>
    MarkDone,

    /// <summary>What an approval was given for is no longer what would be published: people are asked again.</summary>
    Void,

    /// <summary>The release is aborted.</summary>
    Cancel,
}
