namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>How the trail's checkpoints are made and where copies of them go.</summary>
public sealed record AuditOptions
{
    /// <summary>Folder of the signing keys.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>Folder where this process remembers which checkpoints a webhook has taken.</summary>
    public required string StateFolder { get; init; }

    /// <summary>What the checkpoints call this installation.</summary>
    public string Origin { get; init; } = "release-dashboard";

    /// <summary>How often one is made when there are new entries. After each published release there is one anyway.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A file to which each checkpoint is appended, best on another machine; or null.</summary>
    public string? File { get; init; }

    /// <summary>Where each checkpoint is posted, or null.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>Key of the signature (HMAC-SHA256) in the webhook's header; empty for none.</summary>
    public string WebhookSecret { get; init; } = "";

    // The generated text would print the secret.
    public override string ToString() => $"checkpoints of {Origin} every {Every}";
}
