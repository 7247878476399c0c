namespace ReleaseDashboard.Infrastructure.Audit.Listing;

/// <summary>What is looked for, names turned into ids and times into sequences.</summary>
/// <param name="First">The lowest sequence.</param>
/// <param name="End">The sequence after the highest.</param>
/// <param name="Action">An action, or the beginning of some, ending in a dot.</param>
internal sealed record AuditSeekRange(long First, long End, int Count, string? Actor, Guid? Project, Guid? Release, string? Action, DateTimeOffset? From, DateTimeOffset? To)
{
    public bool IsExactAction => Action is not null && !Action.EndsWith('.');
}
