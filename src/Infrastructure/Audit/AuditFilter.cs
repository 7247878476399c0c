using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Audit;

/// <summary>Which entries a list shows, newest first. Pages by key: the last sequence seen.</summary>
public sealed record AuditFilter
{
    public const int MaximumCount = 500;

    /// <summary>Name of a person or worker.</summary>
    public string? Actor { get; init; }

    /// <summary>Short name of a project.</summary>
    public string? Project { get; init; }

    public Guid? Release { get; init; }

    /// <summary>Ids of the projects that the reader may see; null for all, with the entries that belong to none.</summary>
    public IReadOnlyCollection<Guid>? Visible { get; init; }

    /// <summary>An action such as <c>step.retry</c>, or the beginning of several, ending in a dot: <c>step.</c></summary>
    public string? Action { get; init; }

    /// <summary>From this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only entries with a lower sequence.</summary>
    public long? Before { get; init; }

    public int Count { get; init; } = 100;

    internal IQueryable<AuditRecord> Apply(LedgerContext db)
    {
        IQueryable<AuditRecord> entries = db.Audit;
        if (Visible is { } visible)
            entries = entries.Where(entry => entry.ProjectId != null && visible.Contains(entry.ProjectId.Value));
        if (Actor is not null)
            entries = entries.Where(entry => entry.ActorName == Actor);
        if (Project is not null)
            entries = entries.Where(entry => db.Projects.Any(project => project.Name == Project && project.Id == entry.ProjectId));
        if (Release is not null)
            entries = entries.Where(entry => entry.ReleaseId == Release);
        if (Action is not null)
            entries = Action.EndsWith('.') ? entries.Where(entry => entry.Action.StartsWith(Action)) : entries.Where(entry => entry.Action == Action);
        if (From is { } from)
            entries = entries.Where(entry => entry.At >= from.ToUniversalTime());
        if (To is { } to)
            entries = entries.Where(entry => entry.At < to.ToUniversalTime());
        if (Before is { } before)
            entries = entries.Where(entry => entry.Sequence < before);
        return entries.OrderByDescending(entry => entry.Sequence).Take(Math.Clamp(Count, 1, MaximumCount));
    }
}
