using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A bearer token for scripts. Only its hash is stored.</summary>
public sealed class ApiTokenRecord
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token, lower-case hex. The token has 256 random bits, so no slow hash is needed.</summary>
    public required string Hash { get; init; }

    /// <summary>What the token may do at most; the person's own roles limit it further.</summary>
    public required Roles Roles { get; init; }

    /// <summary>The only project it is good for, or null for all that its owner may reach.</summary>
    public Guid? ProjectId { get; init; }

    /// <summary>The permissions it is limited to, by name; empty for all that its roles give.</summary>
    public List<string> Scopes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}
