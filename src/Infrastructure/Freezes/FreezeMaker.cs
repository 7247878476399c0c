using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Freezes;

/// <summary>Who made a freeze, as far as it says who can lift it.</summary>
internal static class FreezeMaker
{
    /// <summary>Whether it takes an administrator to lift it: all projects are frozen, or who made it is administrator there now.</summary>
    public static async Task<bool> IsAdministratorAsync(LedgerContext db, FreezeRecord freeze, CancellationToken cancellationToken)
    {
        if (freeze.ProjectId is not { } project)
            return true;
        var normalized = AccountRules.Normalize(freeze.CreatedBy);
        var reach = await Reach.ReadAsync(db, db.Users.Where(user => user.NormalizedName == normalized), null, cancellationToken);
        return reach is not null && (reach.ToActor().RolesIn(project) & Roles.Administrator) != 0;
    }
}
