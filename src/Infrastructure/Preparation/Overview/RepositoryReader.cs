using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>The parts of an overview that come out of the repository.</summary>
internal sealed record RepositoryParts(
    DateTimeOffset? FetchedAt,
    string? StaleReason,
    Part<BranchState> Branches,
    Part<IReadOnlyList<VersionTag>> Tags,
    Part<BranchGraph> Graph,
    Part<IReadOnlyList<SubmodulePin>> Submodules,
    Part<DevelopmentVersion> Version,
    Part<VersionProposal> Proposal)
{
    /// <summary>Of a project whose version comes from the tag; otherwise null.</summary>
    public Part<ScmVersion>? TreeVersion { get; init; }

    public static RepositoryParts Missing(string why) => new(
        null, null, Part.Failed<BranchState>(why), Part.Failed<IReadOnlyList<VersionTag>>(why), Part.Failed<BranchGraph>(why),
        Part.Failed<IReadOnlyList<SubmodulePin>>(why), Part.Failed<DevelopmentVersion>(why), Part.Failed<VersionProposal>(why));
}

/// <summary>Reads branches, tags, graph and proposal out of a mirror.</summary>
internal sealed class RepositoryReader(ProjectMirror mirror, ProjectSettings settings, TimeProvider time)
{
    private const int CommitsCounted = 1000;

    private readonly BranchReader branches = new(mirror.Repository, settings);

    public async Task<RepositoryParts> ReadAsync(CancellationToken cancellationToken)
    {
        var parts = RepositoryParts.Missing("The repository has no such branches yet.") with { FetchedAt = mirror.FetchedAt };
        parts = parts with { Version = await DevelopmentVersionReader.ReadAsync(mirror.Repository, settings, cancellationToken) };
        var state = await branches.ReadAsync(cancellationToken);
        if (!state.IsOk)
            return parts with { Branches = Fail<BranchState>(state.Error), Tags = Fail<IReadOnlyList<VersionTag>>(state.Error), Graph = Fail<BranchGraph>(state.Error), Proposal = Fail<VersionProposal>(state.Error) };
        parts = parts with { Branches = state.Value };
        var (main, dev) = (CommitSha.Parse(state.Value.Main.Sha), CommitSha.Parse(state.Value.Dev.Sha));
        if (settings.VersionFromTag)
            parts = parts with { TreeVersion = await TreeVersionReader.ReadAsync(mirror.Repository, dev, time, cancellationToken) };
        var all = await mirror.TagsAsync(settings, [main, dev], cancellationToken);
        var onMain = await mirror.TagsAsync(settings, [main], cancellationToken);
        var onDev = await mirror.TagsAsync(settings, [dev], cancellationToken);
        if (!all.IsOk || !onMain.IsOk || !onDev.IsOk)
        {
            var error = (all.Error ?? onMain.Error ?? onDev.Error)!;
            return parts with { Tags = Part.Failed<IReadOnlyList<VersionTag>>(error.What), Graph = Part.Failed<BranchGraph>(error.What), Proposal = Part.Failed<VersionProposal>(error.What) };
        }
        var names = onMain.Value.Select(tag => tag.Name).ToHashSet(StringComparer.Ordinal);
        var proposal = await ProposeAsync(all.Value.Count == 0 ? null : all.Value[0], parts.Version, cancellationToken);
        var shared = onDev.Value.Where(tag => names.Contains(tag.Name)).ToList();
        var graph = await new BranchGraphReader(mirror.Repository, branches.Main, branches.Dev, all.Value)
            .ReadAsync(shared, proposal.Value?.Suggested.Version, cancellationToken);
        return parts with
        {
            Tags = Part.Of<IReadOnlyList<VersionTag>>([.. all.Value.Select(tag => new VersionTag(
                tag.Name, tag.Version.ToString(), tag.Commit.Value, tag.Date, tag.IsAnnotated, names.Contains(tag.Name)))]),
            Graph = graph.IsOk ? graph.Value : Fail<BranchGraph>(graph.Error),
            Proposal = proposal,
        };
    }

    private async Task<Part<VersionProposal>> ProposeAsync(MirrorTag? last, Part<DevelopmentVersion> constant, CancellationToken cancellationToken)
    {
        var commits = await branches.LogAsync(branches.Dev, last is null ? null : (Revision)last.Commit, CommitsCounted, cancellationToken);
        if (!commits.IsOk)
            return Fail<VersionProposal>(commits.Error);
        return VersionProposer.Of(last?.Version, PythonVersion.TryParse(constant.Value?.Version, out var version, out _) ? version : null, commits.Value);
    }

    private static Part<T> Fail<T>(GitError error)
        where T : class => Part.Failed<T>(error.Kind == GitFailure.RefNotFound ? "The repository has no such branch. Check the branch names in the project's settings." : error.Message);
}
