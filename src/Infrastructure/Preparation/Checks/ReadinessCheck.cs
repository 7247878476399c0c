namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>What a check means for the start of a release.</summary>
public enum ReadinessState
{
    Ok,

    /// <summary>The release can start; a person should look.</summary>
    Warning,

    /// <summary>The release cannot start.</summary>
    Blocking,
}

/// <summary>One thing that was looked at before a release.</summary>
/// <param name="Id">Stable short name: <c>tag-free</c>.</param>
/// <param name="Title">What was found, in a few words.</param>
/// <param name="Detail">The facts behind it.</param>
/// <param name="WhatToDo">The way on; empty when all is well.</param>
/// <param name="Link">Where a person can look at it.</param>
/// <param name="Fix">What the dashboard offers to do about it.</param>
public sealed record ReadinessCheck(
    string Id, string Title, ReadinessState State, string Detail, string WhatToDo = "", string? Link = null, ReadinessFix? Fix = null);

/// <summary>Where a fix is made.</summary>
public enum FixPlace
{
    /// <summary>The project's secrets; the target is the secret's name.</summary>
    Secrets,

    /// <summary>The project's settings; the target is the setting.</summary>
    Settings,

    /// <summary>A branch on the git host; the target is its name.</summary>
    Repository,

    /// <summary>The version page of the wizard.</summary>
    Version,

    /// <summary>People and roles.</summary>
    People,

    /// <summary>The other release; the target is its id.</summary>
    Release,
}

/// <summary>A fix that is one click away.</summary>
/// <param name="Label">Of the button: "Replace token".</param>
public sealed record ReadinessFix(FixPlace Place, string Label, string Target);

/// <summary>For which release it is checked.</summary>
/// <param name="Version">As a person typed it; null on the project's page, before one is chosen.</param>
/// <param name="Starter">Sign-in name of who starts it; null when nobody is signed in.</param>
/// <param name="ReleaseId">The release that asks, when it is under way already; it does not stand in its own way.</param>
/// <param name="LastVersion">What the release took as the last version; found from the tags when null.</param>
/// <param name="Package">Whether a Python package is released; an images release needs neither indexes nor their credentials.</param>
public sealed record ReadinessRequest(string? Version, string? Starter = null, Guid? ReleaseId = null, string? LastVersion = null, bool Package = true);

/// <summary>All checks, in the order people read them.</summary>
public sealed record ReadinessReport(IReadOnlyList<ReadinessCheck> Checks, DateTimeOffset CheckedAt)
{
    public int Blocking => Checks.Count(check => check.State == ReadinessState.Blocking);

    public int Warnings => Checks.Count(check => check.State == ReadinessState.Warning);

    public bool CanStart => Blocking == 0;
}
