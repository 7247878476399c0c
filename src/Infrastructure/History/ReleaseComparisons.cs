using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Images;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>
/// Compares two releases of a project. What the ledger and this machine's files say comes at once; commits and layers are asked of remotes and
/// come on their own, so that a remote that is away takes nothing else with it.
/// </summary>
public sealed class ReleaseComparisons(LedgerStore ledger, PackageContents packages, ProjectMirrors mirrors, IImageReader images, TimeProvider time)
{
    private const int MaximumCommits = 200;
    private const int MaximumLayered = 16;

    private static readonly TimeSpan MirrorAge = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The release of the same project that a release is compared with unless told otherwise: the last one before it that was published
    /// on the same playbook, else on any (an images release says little about a package), else the one before it.
    /// </summary>
    public async Task<Guid?> PreviousAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var own = await db.Releases.Where(release => release.Id == releaseId).Select(release => new { release.ProjectId, release.StartedAt, release.PlaybookName }).FirstOrDefaultAsync(cancellationToken);
        if (own is null)
            return null;
        var before = db.Releases.Where(release => release.ProjectId == own.ProjectId && release.StartedAt <= own.StartedAt && release.Id != releaseId);
        var published = before.Where(release => release.Status == ReleaseStatus.Published);
        foreach (var releases in new[] { published.Where(release => release.PlaybookName == own.PlaybookName), published, before })
        {
            if (await releases.OrderByDescending(release => release.StartedAt).Select(release => (Guid?)release.Id).FirstOrDefaultAsync(cancellationToken) is { } found)
                return found;
        }
        return null;
    }

    /// <summary>Other releases of the same project to compare with, newest first, the last fifty.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Version)>> OthersAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var project = await db.Releases.Where(release => release.Id == releaseId).Select(release => release.ProjectId).FirstOrDefaultAsync(cancellationToken);
        var rows = await db.Releases.Where(release => release.ProjectId == project && release.Id != releaseId).OrderByDescending(release => release.StartedAt)
            .Take(50).Select(release => new { release.Id, release.Version }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, row.Version))];
    }

    /// <summary>Null when one is not there, may not be seen, or belongs to another project. The one that started earlier becomes the earlier one.</summary>
    [Needs(Permission.SeeProject)]
    public async Task<ReleaseComparison?> FindAsync(Actor actor, Guid one, Guid other, CancellationToken cancellationToken)
    {
        if (await RowsAsync(actor, one, other, cancellationToken) is not var (before, after))
            return null;
        var titles = before.Release.Times.Stages.Concat(after.Release.Times.Stages).Select(stage => stage.Title).Distinct();
        return new ReleaseComparison(
            after.Project.Name, before.Release, after.Release,
            [.. titles.Select(title => new StageComparison(title, Took(before.Release, title), Took(after.Release, title)))],
            [.. new[] { await PackageAsync(before, after, false, cancellationToken), await PackageAsync(before, after, true, cancellationToken) }.OfType<PackageComparison>()],
            Pairs(before.Images, after.Images));
    }

    /// <summary>The commits that the later one has and the earlier one has not.</summary>
    [SignedIn]
    public async Task<CommitComparison> CommitsAsync(Actor actor, Guid one, Guid other, CancellationToken cancellationToken)
    {
        if (await RowsAsync(actor, one, other, cancellationToken) is not var (before, after))
            return new CommitComparison([], false, null, "There are no such releases of one project.");
        var url = $"{after.Project.Settings.WebUrl.TrimEnd('/')}/compare/{before.Release.Commit}...{after.Release.Commit}";
        if (!CommitSha.TryParse(before.Release.Commit, out var from) || !CommitSha.TryParse(after.Release.Commit, out var to))
            return new CommitComparison([], false, null, "The releases recorded no commits that could be compared.");
        var mirror = await mirrors.OpenAsync(after.Project, MirrorAge, cancellationToken);
        if (!mirror.IsOk)
            return new CommitComparison([], false, url, $"{mirror.Error.What} {mirror.Error.WhatToDo}");
        var log = await mirror.Value.Repository.LogAsync(to, from, MaximumCommits + 1, cancellationToken);
        return log.IsOk
            ? new CommitComparison([.. log.Value.Take(MaximumCommits).Select(commit => new ComparedCommit(commit.Sha.Value, commit.Subject, commit.AuthorName, commit.AuthorDate))], log.Value.Count > MaximumCommits, url, null)
            : new CommitComparison([], false, url, "The repository does not hold these commits (any more).");
    }

    /// <summary>The images again, with what changed in their layers, as the registry has them.</summary>
    [SignedIn]
    public async Task<IReadOnlyList<ImageComparison>> LayersAsync(Actor actor, Guid one, Guid other, CancellationToken cancellationToken)
    {
        if (await RowsAsync(actor, one, other, cancellationToken) is not var (before, after))
            return [];
        var pairs = Pairs(before.Images, after.Images);
        var looked = new List<ImageComparison>(pairs.Count);
        foreach (var (index, pair) in pairs.Index())
            looked.Add(index < MaximumLayered && !pair.IsSame && pair is { Before: not null, After: not null } ? await LayersAsync(after, pair, cancellationToken) : pair);
        return looked;
    }

    private async Task<ImageComparison> LayersAsync(ComparedRows rows, ImageComparison pair, CancellationToken cancellationToken)
    {
        if (rows.Project.Settings.Images is not { } settings)
            return pair with { Trouble = "The project names no registry." };
        // What was published is in production; what only got as far as the test is not.
        var registry = rows.Release.Status == ReleaseStatus.Published ? settings.Production : settings.Preproduction;
        var old = await images.DetailsAsync(rows.Project, registry, pair.Before!.Digest, cancellationToken);
        var now = await images.DetailsAsync(rows.Project, registry, pair.After!.Digest, cancellationToken);
        return old.IsOk && now.IsOk
            ? pair with { Layers = LayerComparison.Of(old.Value.Layers, now.Value.Layers) }
            : pair with { Trouble = old.Error ?? now.Error };
    }

    private async Task<(ComparedRows Before, ComparedRows After)?> RowsAsync(Actor actor, Guid one, Guid other, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        if (await ComparedRows.ReadAsync(db, one, time, cancellationToken) is not { } first || await ComparedRows.ReadAsync(db, other, time, cancellationToken) is not { } second)
            return null;
        if (first.Project.Id != second.Project.Id || !actor.May(Permission.SeeProject, first.Project.Id))
            return null;
        return first.Release.StartedAt <= second.Release.StartedAt ? (first, second) : (second, first);
    }

    private async Task<PackageComparison?> PackageAsync(ComparedRows before, ComparedRows after, bool wheel, CancellationToken cancellationToken)
    {
        var kind = wheel ? "Wheel" : "Source package";
        var (old, now) = (before.Package(wheel), after.Package(wheel));
        if (old is null && now is null)
            return null;
        if (old is null || now is null)
            return new PackageComparison(kind, old?.File, now?.File, [], 0, [], [], $"Only {(old is null ? after : before).Release.Version} built one.");
        var was = await packages.ReadAsync(old.Value.File, old.Value.Sha256, cancellationToken);
        var became = await packages.ReadAsync(now.Value.File, now.Value.Sha256, cancellationToken);
        if (!was.IsOk || !became.IsOk)
            return new PackageComparison(kind, old.Value.File, now.Value.File, [], 0, [], [], string.Join(' ', new[] { was.Error, became.Error }.OfType<string>()));
        var changes = ContentChange.Between(was.Value.Files, became.Value.Files);
        return new PackageComparison(
            kind, old.Value.File, now.Value.File, changes, became.Value.Files.Count - changes.Count(change => change.After is not null),
            [.. became.Value.Requirements.Except(was.Value.Requirements)], [.. was.Value.Requirements.Except(became.Value.Requirements)], null);
    }

    private static List<ImageComparison> Pairs(ImageInventory? before, ImageInventory? after)
    {
        var (old, now) = (Platforms(before), Platforms(after));
        return [.. old.Keys.Union(now.Keys).OrderBy(key => key.Variant, StringComparer.Ordinal).ThenBy(key => key.Platform, StringComparer.Ordinal)
            .Select(key => new ImageComparison(key.Variant, key.Platform, old.GetValueOrDefault(key), now.GetValueOrDefault(key), null, null))];
    }

    // Several tags of a variant name the same image; the first stands for them.
    private static Dictionary<(string Variant, string Platform), PlatformImage> Platforms(ImageInventory? inventory) =>
        (inventory?.Images ?? []).SelectMany(image => image.Platforms.Select(platform => (Key: (image.Variant, platform.Platform.ToString()), Image: platform)))
            .GroupBy(pair => pair.Key).ToDictionary(own => own.Key, own => own.First().Image);

    private static TimeSpan? Took(ComparedRelease release, string title) =>
        release.Times.Stages.Where(stage => stage.Title == title).Select(stage => (TimeSpan?)stage.Took).FirstOrDefault();
}
