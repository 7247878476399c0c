using System.Collections.Frozen;
using static ReleaseDashboard.Core.Releases.StepStatus;

namespace ReleaseDashboard.Core.Releases;

/// <summary>The state machine of a step. What is not in the table is refused, never ignored.</summary>
public static class StepTransitions
{
    private static readonly FrozenDictionary<(StepStatus From, StepEvent Event), StepStatus> Table =
        new Dictionary<(StepStatus, StepEvent), StepStatus>
        {
            [(Pending, StepEvent.Claim)] = Running,
            [(WaitingOutside, StepEvent.Claim)] = Running,
            [(WaitingForPerson, StepEvent.Claim)] = Running,
            // A lease that expired is taken over in one move: there is no moment in which nobody owns the step.
            [(Running, StepEvent.Claim)] = Running,
            [(Running, StepEvent.Release)] = Pending,
            [(Running, StepEvent.Succeed)] = Succeeded,
            [(Running, StepEvent.Fail)] = Failed,
            [(Running, StepEvent.WaitOutside)] = WaitingOutside,
            [(Running, StepEvent.AskPerson)] = WaitingForPerson,
            [(Running, StepEvent.Reconcile)] = NeedsReconciliation,
            [(Failed, StepEvent.Retry)] = Pending,
            [(NeedsReconciliation, StepEvent.Retry)] = Pending,
            [(WaitingOutside, StepEvent.Retry)] = Pending,
            [(WaitingForPerson, StepEvent.Fail)] = Failed,
            [(Failed, StepEvent.MarkDone)] = Succeeded,
            [(NeedsReconciliation, StepEvent.MarkDone)] = Succeeded,
            [(WaitingOutside, StepEvent.MarkDone)] = Succeeded,
            // Only an approval: it was given, and is worth nothing any more. No other step is ever undone.
            [(Succeeded, StepEvent.Void)] = Pending,
            [(Pending, StepEvent.Skip)] = Skipped,
            [(Failed, StepEvent.Skip)] = Skipped,
            [(NeedsReconciliation, StepEvent.Skip)] = Skipped,
            [(WaitingOutside, StepEvent.Skip)] = Skipped,
            [(WaitingForPerson, StepEvent.Skip)] = Skipped,
            [(Running, StepEvent.Skip)] = Skipped,
            [(Pending, StepEvent.Cancel)] = Cancelled,
            [(Running, StepEvent.Cancel)] = Cancelled,
            [(WaitingOutside, StepEvent.Cancel)] = Cancelled,
            [(WaitingForPerson, StepEvent.Cancel)] = Cancelled,
            [(Failed, StepEvent.Cancel)] = Cancelled,
            [(NeedsReconciliation, StepEvent.Cancel)] = Cancelled,
        }.ToFrozenDictionary();

    /// <summary>Whether <paramref name="event"/> may happen in <paramref name="from"/>.</summary>
    public static bool Allows(StepStatus from, StepEvent @event) => Table.ContainsKey((from, @event));

    /// <summary>The status after <paramref name="event"/>.</summary>
    /// <exception cref="IllegalTransitionException">The table has no such move.</exception>
    public static StepStatus Next(StepStatus from, StepEvent @event) =>
        Table.TryGetValue((from, @event), out var to) ? to : throw new IllegalTransitionException(from, @event);

    /// <summary>Nothing more happens to a step in this status unless a person acts on the release.</summary>
    public static bool IsSettled(StepStatus status) => status is Succeeded or Skipped or Cancelled;

    /// <summary>Steps that need this one may run.</summary>
    public static bool Satisfies(StepStatus status) => status is Succeeded or Skipped;
}
