using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Python;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Puts together what the project's page shows. Each remote is asked by itself: one that is down blanks only its part.</summary>
public sealed class ProjectOverviews(
    LedgerStore ledger, ProjectMirrors mirrors, PackageReader packages, SubmoduleReader submodules, ReleaseReader releases, SecretVault vault, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(60);

    /// <param name="refresh">Fetches the repository now instead of using one of the last minute.</param>
    /// <returns>Null when there is no such project.</returns>
    public async Task<ProjectOverview?> ReadAsync(string projectName, bool refresh, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        if (await db.Projects.FirstOrDefaultAsync(record => record.Name == projectName, cancellationToken) is not { } record)
            return null;
        var project = record.ToProject();
        var production = packages.ReadAsync(PackageIndexes.Production(project), project.Settings.Package, cancellationToken);
        var test = packages.ReadAsync(PackageIndexes.Test(project), project.Settings.Package, cancellationToken);
        var secrets = vault.ListAsync(project.Id, cancellationToken);
        var repository = await RepositoryAsync(project, refresh, cancellationToken);
        return new ProjectOverview(
            project,
            time.GetUtcNow(),
            repository.FetchedAt,
            repository.StaleReason,
            repository.Branches,
            repository.Tags,
            repository.Graph,
            await ReleaseAsync(project, repository.Tags, cancellationToken),
            repository.Submodules,
            repository.Version,
            await production,
            await test,
            PackageReader.HaveSameBytes(await production, await test),
            Part.Of(await secrets),
            repository.Proposal,
            repository.TreeVersion);
    }

    private async Task<Part<LatestRelease>> ReleaseAsync(Project project, Part<IReadOnlyList<VersionTag>> tags, CancellationToken cancellationToken) =>
        tags.IsOk
            ? await releases.ReadAsync(project, tags.Value.Count == 0 ? null : tags.Value[0].Name, cancellationToken)
            : Part.Failed<LatestRelease>("Without the repository the latest tag is not known.");

    private async Task<RepositoryParts> RepositoryAsync(Project project, bool refresh, CancellationToken cancellationToken)
    {
        if (!BranchName.TryParse(project.Settings.MainBranch, out _, out var fault) || !BranchName.TryParse(project.Settings.DevBranch, out _, out fault))
            return RepositoryParts.Missing($"{fault} Correct it in the project's settings.");
        var mirror = await mirrors.OpenAsync(project, refresh ? TimeSpan.Zero : Recent, cancellationToken);
        if (!mirror.IsOk)
            return RepositoryParts.Missing(Words(mirror.Error));
        var pins = submodules.ReadAsync(project, mirror.Value, cancellationToken);
        var parts = await new RepositoryReader(mirror.Value, project.Settings, time).ReadAsync(cancellationToken);
        return parts with { Submodules = PartOf(await pins), StaleReason = mirror.Value.Stale is { } stale ? Words(stale) : null };
    }

    private static Part<T> PartOf<T>(Result<T, StepError> result)
        where T : class => result.IsOk ? Part.Of(result.Value) : Part.Failed<T>(Words(result.Error));

    private static string Words(StepError error) => $"{error.What} {error.Why} {error.WhatToDo}";
}
