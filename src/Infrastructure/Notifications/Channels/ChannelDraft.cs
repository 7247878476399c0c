using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>A channel as somebody enters it. What is null stays as it is when a channel is changed.</summary>
public sealed record ChannelDraft
{
    public string? Name { get; init; }

    /// <summary>Fixed once it exists.</summary>
    public ChannelKind? Kind { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Address { get; init; }

    /// <summary>Address of a webhook, or of a Matrix server.</summary>
    public string? Url { get; init; }

    /// <summary>Room of Matrix, such as <c>!abc:example.org</c>.</summary>
    public string? Room { get; init; }

    /// <summary>Access token of Matrix.</summary>
    public string? Token { get; init; }

    /// <summary>Signing key of a generic webhook; made when none is given.</summary>
    public string? Key { get; init; }

    /// <summary>Kinds of notices that it carries.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    public bool? IsEnabled { get; init; }

    // The generated text would print the secrets.
    public override string ToString() => $"{Kind} channel {Name}";
}

/// <summary>What came of entering a channel.</summary>
/// <param name="Key">The signing key that was made for it, shown this once; null when none was made.</param>
/// <param name="Note">What is to be done before it carries messages, for people; null when nothing is.</param>
public sealed record ChannelMade(Guid Id, string? Key, string? Note = null)
{
    public override string ToString() => $"channel {Id}";
}
