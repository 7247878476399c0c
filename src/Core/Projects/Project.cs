namespace ReleaseDashboard.Core.Projects;

/// <summary>A repository that is released, with its branches, its package or images, and where they go.</summary>
/// <param name="Id">Sorts by creation.</param>
/// <param name="Name">Short name in addresses and lists, unique: <c>hello-wrapper</c>.</param>
/// <param name="Repository">The repository on its host: <c>example/hello-wrapper</c>.</param>
/// <param name="IsSandbox">Whether its remotes are the simulated ones; its releases are rehearsals.</param>
/// <param name="Settings">Everything a playbook may refer to as <c>project.*</c>.</param>
public sealed record Project(Guid Id, string Name, string Repository, bool IsSandbox, ProjectSettings Settings)
{
    /// <summary>What a release of it publishes, in a word: the package, or the project itself where images alone are released.</summary>
    public string WhatIsReleased() => Settings.Package.Length > 0 ? Settings.Package : Name;
}
