using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Steps;

/// <summary>
/// A kind of step: observe, plan, act, verify. The engine writes the intent before it calls <see cref="ActAsync"/> and
/// the outcome after <see cref="VerifyAsync"/>; a step never writes to the ledger itself.
/// </summary>
public interface IStep
{
    /// <summary>What a playbook may say about this kind.</summary>
    StepKindDescription Description { get; }

    /// <summary>Looks at the outside world. Must change nothing there.</summary>
    Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken);

    /// <summary>The exact commands and calls, for people to read. Must change nothing.</summary>
    Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken);

    /// <summary>Makes the change, with the strongest precondition the remote offers. Called only after "not done".</summary>
    Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken);

    /// <summary>Looks again after acting. Steps that change only the workspace hand on what acting proved.</summary>
    Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken) =>
        ObserveAsync(context, cancellationToken);
}
