namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A delivery of GitHub that was taken, so that the same one sent again is ignored.</summary>
public sealed class WebhookReceiptRecord
{
    /// <summary>SHA-256 of its body, lower-case hex, a slash, and the id of the project that took it.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }
}
