using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>A person as far as an approval looks at one.</summary>
/// <param name="Name">Sign-in name.</param>
/// <param name="Roles">In the release's project, at this moment.</param>
/// <param name="Groups">Names of the groups the person is in.</param>
public sealed record Signer(string Name, Roles Roles, IReadOnlyList<string> Groups)
{
    /// <summary>The person's login at GitHub, or null.</summary>
    public string? GitHubLogin { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<string> Claims => Signature.Claims(Roles, Groups);

    public static Signer Of(Actor actor, Guid projectId) =>
        new(actor.Name, actor.RolesIn(projectId), actor.Groups) { GitHubLogin = actor.GitHubLogin, Email = actor.Email };
}
