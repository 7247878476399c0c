namespace ReleaseDashboard.Core.Steps;

/// <summary>Which of the protocol's parts a planned line belongs to.</summary>
public enum PlanPhase
{
    /// <summary>Looks before acting.</summary>
    Check,

    /// <summary>Changes something.</summary>
    Act,

    /// <summary>Looks afterwards.</summary>
    Verify,
}

/// <summary>One command or call that will run, secrets masked.</summary>
/// <param name="Phase">Check, act or verify.</param>
/// <param name="Text">As a person would write it: <c>$ git fetch origin</c>, <c>GET https://…</c>.</param>
/// <param name="Wants">What the answer must be, or null.</param>
public sealed record PlanLine(PlanPhase Phase, string Text, string? Wants = null);

/// <summary>One file as it is and as it will be.</summary>
public sealed record PlannedFileChange(string Path, string Before, string After);

/// <summary>The exact commands, calls and file changes of a step, shown before anything runs.</summary>
public sealed record StepPlan(IReadOnlyList<PlanLine> Lines, IReadOnlyList<PlannedFileChange> Files)
{
    public static StepPlan Empty { get; } = new([], []);

    /// <summary>Environment shown with the commands: names with masked values.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>A sentence in plain words where commands alone do not say it.</summary>
    public string? Note { get; init; }
}
