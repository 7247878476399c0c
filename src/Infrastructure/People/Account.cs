using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>A person who can sign in, without the password hash.</summary>
/// <param name="SecurityStamp">A session that carries another stamp has ended.</param>
/// <param name="IsPersona">It has neither password nor GitHub sign-in, so only the sandbox's buttons lead into it.</param>
public sealed record Account(
    Guid Id, string Name, string DisplayName, Roles Roles, bool IsDisabled, bool IsPersona, long? GitHubId, string SecurityStamp, DateTimeOffset CreatedAt)
{
    /// <summary>The person's login at GitHub, or null. It may differ from <see cref="Name"/>.</summary>
    public string? GitHubLogin { get; init; }

    public string? Email { get; init; }

    /// <summary>Whether the person can sign in, and confirm, with a password.</summary>
    public bool HasPassword { get; init; }

    internal static Account Of(UserRecord user) => new(
        user.Id, user.Name, user.DisplayName, user.Roles, user.IsDisabled,
        user.PasswordHash is null && user.GitHubId is null, user.GitHubId, user.SecurityStamp, user.CreatedAt)
    {
        GitHubLogin = user.GitHubLogin,
        Email = user.Email,
        HasPassword = user.PasswordHash is not null,
    };
}
