using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A person who can sign in.</summary>
public sealed class UserRecord
{
    public required Guid Id { get; init; }

    /// <summary>Sign-in name, unique without regard to case.</summary>
    public required string Name { get; init; }

    public required string NormalizedName { get; init; }
    public required string DisplayName { get; set; }
    public string? PasswordHash { get; set; }

    /// <summary>GitHub's number for the person, when signed in through GitHub.</summary>
    public long? GitHubId { get; set; }

    /// <summary>The person's login at GitHub, which may differ from the sign-in name here.</summary>
    public string? GitHubLogin { get; set; }

    /// <summary>Where e-mail goes, or null.</summary>
    public string? Email { get; set; }

    public required Roles Roles { get; set; }
    public required bool IsDisabled { get; set; }

    /// <summary>Changes when sessions must end: new password, roles, disabled, signed out everywhere.</summary>
    public required string SecurityStamp { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
