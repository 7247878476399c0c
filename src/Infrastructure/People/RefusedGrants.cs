using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>
/// Nobody gives roles to themselves: a second administrator, or who owns the machine and uses the command line, has to. That
/// it was tried is kept in the audit trail.
/// </summary>
internal static class RefusedGrants
{
    /// <summary>Whether the actor would change what the account of this name may do, and is that account.</summary>
    public static bool IsSelf(Actor actor, string name) => actor.Kind != "system" && AccountRules.Normalize(actor.Name) == AccountRules.Normalize(name);

    public static async Task<ActionResult> RecordAsync(LedgerStore ledger, Actor actor, string what, CancellationToken cancellationToken)
    {
        var refused = ActionResult.Refused(Refusal.NotAllowed, $"Nobody gives a role to themselves. Another administrator can give you {what}; it was noted that you tried.");
        return await ledger.WriteAsync(
            write =>
            {
                write.Audit(actor, "access.refuse", null, null, actor.Name, after: new { Wanted = what });
                return Task.FromResult(refused);
            },
            cancellationToken);
    }
}
