using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>A person who can sign in, without the password hash.</summary>
/// <param name="SecurityStamp">A session that carries another stamp has ended.</param>
/// <param name="IsPersona">It has neither password nor GitHub sign-in, so only the sandbox's buttons lead into it.</param>
public sealed record Account(
    Guid Id, string Name, string DisplayName, Roles Roles, bool IsDisabled, bool IsPersona, long? GitHubId, string SecurityStamp, DateTimeOffset CreatedAt)
{
    public Actor ToActor() => Actor.Person(Name, Roles);

    internal static Account Of(UserRecord user) => new(
        user.Id, user.Name, user.DisplayName, user.Roles, user.IsDisabled,
        user.PasswordHash is null && user.GitHubId is null, user.GitHubId, user.SecurityStamp, user.CreatedAt);
}
