using System.Collections.Frozen;

namespace ReleaseDashboard.Core.People;

/// <summary>Where a permission holds.</summary>
public enum AccessScope
{
    /// <summary>In one project: by a role everywhere, or by a role in that project.</summary>
    Project,

    /// <summary>In the whole dashboard: by a role everywhere only.</summary>
    Everywhere,
}

/// <summary>One line of the table of who may do what.</summary>
/// <param name="Permission">What.</param>
/// <param name="AnyOf">Who: one of these roles is enough.</param>
/// <param name="Scope">Where the role is looked for.</param>
/// <param name="Means">What it allows, in a few words for people.</param>
/// <param name="Confirmed">Whether it publishes or gives power away, so that a person has to have proved lately who they are.</param>
public sealed record AccessRule(Permission Permission, Roles AnyOf, AccessScope Scope, string Means, bool Confirmed = false);

/// <summary>Who may do what. The one place: actions, pages and their tests read it.</summary>
public static class AccessTable
{
    private const Roles Anybody = Roles.Viewer | Roles.Maintainer | Roles.Reviewer | Roles.Administrator;
    private const Roles Leads = Roles.Maintainer | Roles.Administrator;

    public static IReadOnlyList<AccessRule> Rules { get; } =
    [
        new(Permission.SeeProject, Anybody, AccessScope.Project, "See projects, releases, logs and history"),
        new(Permission.Comment, Anybody, AccessScope.Project, "Comment and ask"),
        new(Permission.StartRelease, Roles.Maintainer, AccessScope.Project, "Start a release", Confirmed: true),
        new(Permission.ActOnStep, Roles.Maintainer, AccessScope.Project, "Retry, fix, skip or settle a step"),
        new(Permission.EditNotes, Roles.Maintainer, AccessScope.Project, "Edit release notes"),
        new(Permission.HandOver, Leads, AccessScope.Project, "Hand a release over"),
        new(Permission.AbortRelease, Roles.Maintainer, AccessScope.Project, "Abort a release"),
        new(Permission.Tick, Roles.Maintainer | Roles.Reviewer, AccessScope.Project, "Tick a checklist"),
        // By name or by group a rule can ask anybody who sees the project; whom it asks is ApprovalPolicy's to say.
        new(Permission.Decide, Anybody, AccessScope.Project, "Approve or reject, where the step's rule asks for them", Confirmed: true),
        new(Permission.Freeze, Leads, AccessScope.Project, "Freeze a project's releases"),
        new(Permission.OverrideFreeze, Roles.Administrator, AccessScope.Project, "Let a release pass a freeze", Confirmed: true),
        new(Permission.ManageProject, Leads, AccessScope.Project, "Change a project's settings"),
        new(Permission.ManageSecrets, Leads, AccessScope.Project, "Store and replace secrets", Confirmed: true),
        new(Permission.ManageProjectChannels, Leads, AccessScope.Project, "Change a project's channels"),
        new(Permission.ManageProjectAccess, Roles.Administrator, AccessScope.Project, "Give roles in a project", Confirmed: true),
        new(Permission.AddProject, Leads, AccessScope.Everywhere, "Add a project", Confirmed: true),
        new(Permission.ReadAudit, Anybody, AccessScope.Everywhere, "Read and check the whole audit trail"),
        new(Permission.FreezeAll, Roles.Administrator, AccessScope.Everywhere, "Freeze all releases"),
        new(Permission.ManagePeople, Roles.Administrator, AccessScope.Everywhere, "Manage people, groups and roles", Confirmed: true),
    ];

    private static readonly FrozenDictionary<Permission, AccessRule> ByPermission = Rules.ToFrozenDictionary(rule => rule.Permission);

    public static AccessRule Of(Permission permission) => ByPermission[permission];
}
