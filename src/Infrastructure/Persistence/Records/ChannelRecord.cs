namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A way to tell people outside the page: e-mail, a chat or a webhook; of one person or of one project.</summary>
public sealed class ChannelRecord
{
    public required Guid Id { get; init; }

    /// <summary>The person it belongs to, or null when it is a project's.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The project it belongs to, or null when it is a person's.</summary>
    public Guid? ProjectId { get; init; }

    public required string Name { get; set; }
    public required ChannelKind Kind { get; init; }

    /// <summary>What may be shown of where it leads: an address, a host, a room.</summary>
    public required string Target { get; set; }

    /// <summary>Its address, token or signing key, encrypted for this channel; null for e-mail.</summary>
    public string? Ciphertext { get; set; }

    /// <summary>Which events it carries.</summary>
    public required List<string> Events { get; set; }

    public required bool IsEnabled { get; set; }

    /// <summary>When its e-mail address was confirmed; null before, and for every other kind.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Whether messages may go there: an e-mail address that nobody confirmed may be a stranger's.</summary>
    public bool MayCarry => Kind != ChannelKind.Email || ConfirmedAt is not null;

    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Since when nothing gets through, or null while it works.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public string? LastError { get; set; }
}

/// <summary>How a channel speaks.</summary>
public enum ChannelKind
{
    Email,
    Slack,
    Discord,
    Matrix,
    Webhook,
}

/// <summary>Messages for a channel that are sent together, and how far that is.</summary>
public sealed class DeliveryRecord
{
    public required Guid Id { get; init; }
    public required Guid ChannelId { get; init; }

    /// <summary>The messages, as JSON.</summary>
    public required string Messages { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When to try; null once it is over.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? Error { get; set; }
}
