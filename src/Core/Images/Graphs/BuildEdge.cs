using ReleaseDashboard.Core.Images.Dockerfiles;

namespace ReleaseDashboard.Core.Images.Graphs;

/// <summary>That one node is made with another.</summary>
/// <param name="From">Id of what is taken from.</param>
/// <param name="To">Id of what is made.</param>
/// <param name="File">The Dockerfile that says so.</param>
/// <param name="Uses">Every place that says so, by line.</param>
/// <param name="Variant">The variant whose published image is taken, so that it must be built and pushed before; null for all else.</param>
public sealed record BuildEdge(string From, string To, RelationKind Kind, string File, IReadOnlyList<BuildUse> Uses, bool IsUsed, string? Variant);

/// <summary>One line that takes something, and the paths it takes.</summary>
public sealed record BuildUse(int Line, IReadOnlyList<string> What);

/// <summary>Something wrong in one of the Dockerfiles.</summary>
/// <param name="IsWarning">Whether a build may still go through.</param>
public sealed record BuildFault(string File, int Line, string Message, bool IsWarning);
