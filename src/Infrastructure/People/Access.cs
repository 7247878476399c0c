using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>What every action asks first. The door asks too, but only here it is asked in the same breath as the act.</summary>
public static class Access
{
    /// <summary>Why the actor is refused, or null. To whom a project is not shown, nothing of it exists.</summary>
    /// <param name="actor">Who wants to do it.</param>
    /// <param name="permission">What it needs.</param>
    /// <param name="projectId">The project it is done in, or null for the whole dashboard.</param>
    /// <param name="what">What is not there for those who may not see it, such as <c>release</c>.</param>
    public static ActionResult? WhyNot(Actor actor, Permission permission, Guid? projectId = null, string what = "project")
    {
        if (projectId is not null && !actor.May(Permission.SeeProject, projectId))
            return ActionResult.Refused(Refusal.NotFound, $"There is no such {what}.");
        if (!actor.May(permission, projectId))
            return ActionResult.Refused(Refusal.NotAllowed, Words(actor, permission));
        return AccessTable.Of(permission).Confirmed ? WhyNotConfirmed(actor) : null;
    }

    /// <summary>Asks a person who has not proved lately who they are to do so; null when that is not needed.</summary>
    public static ActionResult? WhyNotConfirmed(Actor actor) => actor.IsConfirmed
        ? null
        : ActionResult.Refused(Refusal.ConfirmationNeeded, "Confirm that it is you first: this publishes or gives access.");

    /// <summary>Which role it takes, in a sentence.</summary>
    public static string Words(Actor actor, Permission permission)
    {
        var rule = AccessTable.Of(permission);
        if (actor.Scopes is not null && !actor.Scopes.Contains(permission))
            return $"This token is not made for '{PermissionNames.Of(permission)}'.";
        var roles = string.Join(" or ", RoleNames.List(rule.AnyOf));
        return $"{rule.Means}: that needs the role {roles}{(rule.Scope == AccessScope.Everywhere ? " everywhere" : "")}, which {actor.Name} does not have.";
    }
}
