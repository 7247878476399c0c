namespace ReleaseDashboard.Infrastructure.History;

/// <summary>Which finished releases are asked for. Pages by key, in both directions: the first or last release seen, never an offset.</summary>
public sealed record HistoryFilter
{
    public const int MaximumCount = 200;

    /// <summary>Words of which each must fit: part of a project's or a person's name, whole parts of a version (<c>1.2</c> finds 1.2.0), or the first 7 or more digits of the commit a release was made from.</summary>
    public string? Search { get; init; }

    /// <summary>Short name of the project, or null for all.</summary>
    public string? Project { get; init; }

    /// <summary>Sign-in name of who started it, or null for anybody.</summary>
    public string? Person { get; init; }

    /// <summary>Only published releases (true), only those that were not (false), or both.</summary>
    public bool? IsPublished { get; init; }

    /// <summary>Only rehearsals (true), only real releases (false), or both.</summary>
    public bool? IsRehearsal { get; init; }

    public string? Playbook { get; init; }

    /// <summary>Only releases that ended at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only releases that ended before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only releases older than this one.</summary>
    public Guid? Before { get; init; }

    /// <summary>Only releases newer than this one, those next to it.</summary>
    public Guid? After { get; init; }

    public int Count { get; init; } = 50;
}
