namespace ReleaseDashboard.Core.People;

/// <summary>What a person may do. A person has any set of them.</summary>
[Flags]
public enum Roles
{
    None = 0,

    /// <summary>Reads everything but secrets, comments, and decides where a rule names the person or a group of theirs.</summary>
    Viewer = 1,

    /// <summary>Starts releases and acts on their steps.</summary>
    Maintainer = 2,

    /// <summary>Approves and rejects where a rule asks for reviewers.</summary>
    Reviewer = 4,

    /// <summary>Manages projects, secrets and people.</summary>
    Administrator = 8,
}
