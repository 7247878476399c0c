using System.Collections.Immutable;

namespace ReleaseDashboard.Sandbox.State;

/// <summary>What a repository has besides its git data. Immutable: a reader always sees one moment.</summary>
public sealed record RepositoryState
{
    public required int Id { get; init; }

    public required string Owner { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string DefaultBranch { get; init; } = "main";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last id given to a release, review, check run ... of this repository.</summary>
    public int LastId { get; init; }

    /// <summary>Refs as they were last told to the world; a difference to git is a change nobody was told of yet.</summary>
    public ImmutableSortedDictionary<string, string> Refs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Refs that refuse force pushes and deletion, as full names.</summary>
    public ImmutableList<string> Protected { get; init; } = [];

    public ImmutableList<PullRequest> Pulls { get; init; } = [];

    /// <summary>A merge that was begun; after a crash the base branch tells whether it was made.</summary>
    public Merging? Merging { get; init; }

    /// <summary>The effect of the last change; it stays until the next one takes its place.</summary>
    public Owed? Owed { get; init; }

    public ImmutableList<Release> Releases { get; init; } = [];

    /// <summary>The release shown as the latest.</summary>
    public int? LatestRelease { get; init; }

    public ImmutableList<CheckRun> CheckRuns { get; init; } = [];

    public ImmutableList<WorkflowRun> WorkflowRuns { get; init; } = [];

    public ImmutableList<CommitStatus> Statuses { get; init; } = [];

    public ImmutableList<Hook> Hooks { get; init; } = [];

    /// <summary>A new id, unique over all repositories.</summary>
    internal int NextId => (Id * 1_000_000) + LastId + 1;
}
