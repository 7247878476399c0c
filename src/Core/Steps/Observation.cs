namespace ReleaseDashboard.Core.Steps;

/// <summary>What a step found when it looked at the world.</summary>
public abstract record Observation
{
    private Observation() { }

    /// <summary>Nothing is there yet: the step can act.</summary>
    public sealed record NotDone : Observation;

    /// <summary>It is as intended. Before acting this is a green no-op, afterwards it is the proof.</summary>
    public sealed record Done(Evidence Evidence) : Observation;

    /// <summary>It is there, but not as intended (other bytes, another commit). A human must look.</summary>
    public sealed record Different(StepError Error, Evidence Evidence) : Observation;

    /// <summary>The truth cannot be seen now. <paramref name="Error"/> says what a human must look at.</summary>
    public sealed record Unknown(StepError Error) : Observation;

    /// <summary>It cannot go on, and looking again will not help.</summary>
    public sealed record Failed(StepError Error) : Observation
    {
        /// <summary>What was proved on the way to the failure, for the person who repairs it.</summary>
        public Evidence Evidence { get; init; } = Evidence.None;
    }

    /// <summary>Waits for something outside; look again after <paramref name="LookAgainAfter"/> or when woken.</summary>
    public sealed record Waiting(string Reason, TimeSpan LookAgainAfter, Evidence Evidence) : Observation;

    /// <summary>A person must act first. The evidence is what that person decides on.</summary>
    public sealed record NeedsPerson(string Reason, Evidence Evidence) : Observation
    {
        /// <summary>When to look again although nobody did anything (a time limit, a reminder); null for never.</summary>
        public TimeSpan? LookAgainAfter { get; init; }
    }
}
