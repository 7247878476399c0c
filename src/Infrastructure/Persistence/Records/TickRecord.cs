namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>One item of a checklist, ticked by a named person.</summary>
public sealed class TickRecord
{
    public required Guid StepId { get; init; }
    public required string ItemId { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
}
