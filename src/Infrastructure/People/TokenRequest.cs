using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>A token to make.</summary>
/// <param name="Owner">Sign-in name of whom it acts for.</param>
/// <param name="Name">What it is for, so that it can be told from others.</param>
/// <param name="Roles">What it may do at most; none but the owner's own roles, everywhere or in a project.</param>
/// <param name="Lifetime">How long it is good; null for until it is revoked.</param>
public sealed record TokenRequest(string Owner, string Name, Roles Roles, TimeSpan? Lifetime)
{
    /// <summary>The permissions it is limited to; empty for all that its roles give. Seeing comes with each of a project's.</summary>
    public IReadOnlyCollection<Permission> Scopes { get; init; } = [];

    /// <summary>The only project it is good for, or null.</summary>
    public Guid? ProjectId { get; init; }
}

/// <summary>A token's text, which is never shown again.</summary>
public sealed record NewApiToken(Guid Id, string Text, DateTimeOffset? ExpiresAt)
{
    // The generated text would print the token.
    public override string ToString() => $"token {Id}";
}

/// <summary>What may be known of a token.</summary>
/// <param name="UsedAt">When it was last used, to the minute; null for never.</param>
public sealed record ApiTokenSummary(
    Guid Id, string Owner, string Name, Roles Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt,
    IReadOnlyList<string> Scopes, Guid? ProjectId, DateTimeOffset? UsedAt);

/// <summary>Whose token it is, and what it may do at this moment.</summary>
public sealed record TokenOwner(Account Account, Actor Actor)
{
    public Guid TokenId { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}
