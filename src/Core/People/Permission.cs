namespace ReleaseDashboard.Core.People;

/// <summary>One thing that may be done. <see cref="AccessTable"/> says who may.</summary>
public enum Permission
{
    /// <summary>See a project, its releases, logs, images, history and audit entries.</summary>
    SeeProject,

    /// <summary>Prepare and start a release.</summary>
    StartRelease,

    /// <summary>Retry, fix, skip, mark a step as done.</summary>
    ActOnStep,

    /// <summary>Tick items of a checklist.</summary>
    Tick,

    /// <summary>Approve or reject, where the step's own rule asks for this person: by role, by group or by name.</summary>
    Decide,

    /// <summary>Comment, ask and answer.</summary>
    Comment,

    /// <summary>Stop a release for good.</summary>
    AbortRelease,

    /// <summary>Give a release to another maintainer.</summary>
    HandOver,

    /// <summary>Edit the notes before they are published.</summary>
    EditNotes,

    /// <summary>Change a project's settings.</summary>
    ManageProject,

    /// <summary>Store, replace and remove a project's secrets. Nobody reads them.</summary>
    ManageSecrets,

    /// <summary>Say who may do what in a project.</summary>
    ManageProjectAccess,

    /// <summary>Change a project's channels.</summary>
    ManageProjectChannels,

    /// <summary>Freeze or lock a project's releases, and lift what no administrator froze.</summary>
    Freeze,

    /// <summary>Let one release publish in spite of a freeze.</summary>
    OverrideFreeze,

    /// <summary>Add a project.</summary>
    AddProject,

    /// <summary>See entries of the audit trail that belong to no project, and check the trail.</summary>
    ReadAudit,

    /// <summary>Freeze or lock the releases of all projects.</summary>
    FreezeAll,

    /// <summary>Manage accounts, roles, groups and other people's tokens and sessions.</summary>
    ManagePeople,
}
