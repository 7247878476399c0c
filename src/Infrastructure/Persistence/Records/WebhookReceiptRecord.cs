namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A delivery of GitHub that was taken, so that the same one sent again is ignored.</summary>
public sealed class WebhookReceiptRecord
{
    /// <summary>GitHub's id of the delivery.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }
}
