namespace ReleaseDashboard.Core.Releases;

/// <summary>A move that <see cref="StepTransitions"/> does not have: a bug, or a request that came too late.</summary>
public sealed class IllegalTransitionException(StepStatus from, StepEvent @event)
    : InvalidOperationException($"A step that is {from} cannot take '{@event}'.")
{
    public StepStatus From { get; } = from;
    public StepEvent Event { get; } = @event;
}
