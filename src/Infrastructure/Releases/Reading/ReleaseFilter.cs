using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.History;

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

    /// <summary>
    /// Words of which each must fit: part of a project's or a person's name, whole parts of a version (<c>1.2</c> finds 1.2.0), or the
    /// first 7 or more digits of the commit a release was made from. Null for all.
    /// </summary>
    public string? Search { get; init; }

    /// <summary>Sign-in name of who started it, or null for anybody.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Only rehearsals (true), only real releases (false), or both.</summary>
    public bool? IsRehearsal { get; init; }

    /// <summary>Only releases that started before the one with this id.</summary>
    public Guid? Before { get; init; }

    public int Count { get; init; } = 50;

    internal bool WantsUnderWay => Active != false && (Status is not { } status || !ReleaseProgress.IsOver(status));

    internal bool WantsOver => Active != true && (Status is not { } status || ReleaseProgress.IsOver(status));

    /// <summary>The same question about releases that are over.</summary>
    internal HistoryFilter ToHistory() => new()
    {
        Person = StartedBy,
        IsRehearsal = IsRehearsal,
        IsPublished = Status is { } status ? status == ReleaseStatus.Published : null,
    };
}
