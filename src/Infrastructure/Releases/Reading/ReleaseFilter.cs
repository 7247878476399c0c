using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>Which releases a list shows. Pages by key: the last row seen, never an offset.</summary>
public sealed record ReleaseFilter
{
    public const int MaximumCount = 200;

    /// <summary>Short name of the project, or null for all.</summary>
    public string? Project { get; init; }

    /// <summary>Ids of the projects that the reader may see; null for all.</summary>
    public IReadOnlyCollection<Guid>? Visible { get; init; }

    /// <summary>Only releases under way (true), only those over (false), or all.</summary>
    public bool? Active { get; init; }

    public ReleaseStatus? Status { get; init; }

    /// <summary>Part of a version, project or person; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Sign-in name of who started it, or null for anybody.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Only rehearsals (true), only real releases (false), or both.</summary>
    public bool? IsRehearsal { get; init; }

    /// <summary>Only releases that started at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only releases that started before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only releases that started before the one with this id.</summary>
    public Guid? Before { get; init; }

    public int Count { get; init; } = 50;

    internal IQueryable<ReleaseRecord> Apply(IQueryable<ReleaseRecord> releases)
    {
        if (Visible is { } visible)
            releases = releases.Where(release => visible.Contains(release.ProjectId));
        if (Project is not null)
            releases = releases.Where(release => release.Project!.Name == Project);
        if (Active is { } active)
            releases = releases.Where(release => active == (release.ActiveKey != null));
        if (Status is { } status)
            releases = releases.Where(release => release.Status == status);
        if (StartedBy is not null)
            releases = releases.Where(release => release.StartedBy == StartedBy);
        if (IsRehearsal is { } rehearsal)
            releases = releases.Where(release => release.IsRehearsal == rehearsal);
        if (From is { } from)
            releases = releases.Where(release => release.StartedAt >= from.ToUniversalTime());
        if (To is { } to)
            releases = releases.Where(release => release.StartedAt < to.ToUniversalTime());
        if (!string.IsNullOrWhiteSpace(Search))
        {
            var pattern = $"%{Search.Trim().ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            releases = releases.Where(release => EF.Functions.Like(release.Version, pattern, "\\")
                || EF.Functions.Like(release.Project!.Name.ToLower(), pattern, "\\")
                || EF.Functions.Like(release.StartedBy.ToLower(), pattern, "\\"));
        }
        // Ids are made in time order, so the id is the key to page by.
        if (Before is { } before)
            releases = releases.Where(release => release.Id < before);
        return releases.OrderByDescending(release => release.Id).Take(Math.Clamp(Count, 1, MaximumCount));
    }
}
