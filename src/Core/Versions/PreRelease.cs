using System.Numerics;

namespace ReleaseDashboard.Core.Versions;

/// <summary>The stages before a final version, in their order.</summary>
public enum PreReleaseStage
{
    Alpha,
    Beta,
    Candidate,
}

/// <summary>A stage and its number, as in <c>b1</c>.</summary>
public sealed record PreRelease(PreReleaseStage Stage, BigInteger Number)
{
    public override string ToString() => (Stage switch
    {
        PreReleaseStage.Alpha => "a",
        PreReleaseStage.Beta => "b",
        _ => "rc",
    }) + Number;
}
