namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A message that asked to confirm the address of an e-mail channel. Only the hash of its code is stored.</summary>
public sealed class EmailConfirmationRecord
{
    public required Guid Id { get; init; }
    public required Guid ChannelId { get; init; }

    /// <summary>The person or the project that the channel belongs to; stays when the channel goes, because messages are counted.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>SHA-256 of the code, lower-case hex. The code has 256 random bits, so no slow hash is needed.</summary>
    public required string Hash { get; init; }

    /// <summary>Sign-in name of who had it sent.</summary>
    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the mail server took it, or null.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Why the mail server did not take it, or null.</summary>
    public string? Error { get; set; }

    /// <summary>When its code was used, or came to nothing because the address changed; null while it counts.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
