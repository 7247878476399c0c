using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Projects.Proposals;

/// <summary>Settings read out of a repository, for a person to look at.</summary>
/// <param name="Name">Short name for the dashboard.</param>
/// <param name="Settings">What was found, and defaults elsewhere. Settings that have neither are empty text.</param>
/// <param name="Found">By the setting's JSON name: where it was found.</param>
/// <param name="Missing">What a release needs and the repository does not show.</param>
/// <param name="Branch">The branch that was read.</param>
/// <param name="Commit">Its head, 40 hex digits.</param>
/// <param name="Version">The version that the files name now, or null.</param>
public sealed record ProjectProposal(
    string Name, ProjectSettings Settings, IReadOnlyDictionary<string, string> Found, IReadOnlyList<MissingSetting> Missing,
    string Branch, string Commit, string? Version);

/// <summary>Something a release needs that was not found.</summary>
/// <param name="Key">The setting's JSON name.</param>
/// <param name="Text">One or two sentences, with the way on.</param>
/// <param name="Blocks">Whether a release cannot be made without it.</param>
public sealed record MissingSetting(string Key, string Text, bool Blocks);
