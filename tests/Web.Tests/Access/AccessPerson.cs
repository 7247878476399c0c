using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Web.Tests.Access;

/// <summary>Somebody to whom the table of access is applied.</summary>
/// <param name="Name">Sign-in name; null for who is signed out.</param>
/// <param name="Everywhere">Roles everywhere.</param>
/// <param name="Here">Roles in the project that is asked about.</param>
/// <param name="Elsewhere">Roles in another project.</param>
public sealed record AccessPerson(string? Name, Roles Everywhere = Roles.None, Roles Here = Roles.None, Roles Elsewhere = Roles.None)
{
    private const Roles All = Roles.Viewer | Roles.Maintainer | Roles.Reviewer | Roles.Administrator;

    public static IReadOnlyList<AccessPerson> Everybody { get; } =
    [
        new((string?)null),
        new("nobody-yet"),
        new("viewer", Roles.Viewer),
        new("maintainer1", Roles.Maintainer),
        new("reviewer1", Roles.Reviewer),
        new("administrator1", Roles.Administrator),
        new("viewer-here", Here: Roles.Viewer),
        new("maintainer-here", Here: Roles.Maintainer),
        new("reviewer-here", Here: Roles.Reviewer),
        new("administrator-here", Here: Roles.Administrator),
        new("all-elsewhere", Elsewhere: All),
    ];

    public Roles Any => Everywhere | Here | Elsewhere;

    /// <summary>What the table says, worked out from its rows alone.</summary>
    /// <param name="permission">What is asked for.</param>
    /// <param name="inProject">Whether it is asked for in the project.</param>
    /// <param name="somewhere">Whether any project will do.</param>
    public Answer Ask(Permission permission, bool inProject, bool somewhere = false)
    {
        var rule = AccessTable.Rules.Single(row => row.Permission == permission);
        var seen = AccessTable.Rules.Single(row => row.Permission == Permission.SeeProject).AnyOf;
        if (inProject && ((Everywhere | Here) & seen) == 0)
            return Answer.NotThere;
        var counting = rule.Scope == AccessScope.Everywhere ? Everywhere : inProject ? Everywhere | Here : somewhere ? Any : Everywhere;
        return (counting & rule.AnyOf) != 0 ? Answer.Allowed : Answer.Refused;
    }

    public override string ToString() => Name ?? "signed out";
}

/// <summary>What the table of access answers.</summary>
public enum Answer
{
    Allowed,
    Refused,

    /// <summary>The project is not shown, so nothing of it exists.</summary>
    NotThere,
}
