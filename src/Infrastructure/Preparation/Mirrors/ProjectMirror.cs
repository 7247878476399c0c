using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Preparation.Mirrors;

/// <summary>A bare copy of a project's repository on this machine, for looking only.</summary>
/// <param name="Repository">All branches and tags as the remote had them at <paramref name="FetchedAt"/>.</param>
/// <param name="FetchedAt">Null when the last fetch was by an earlier process.</param>
/// <param name="Stale">Why the remote could not be asked now, when what is here is older than wanted; otherwise null.</param>
public sealed record ProjectMirror(GitRepository Repository, DateTimeOffset? FetchedAt, StepError? Stale);
