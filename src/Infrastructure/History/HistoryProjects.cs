using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>The projects that history can be filtered by.</summary>
public sealed class HistoryProjects(LedgerStore ledger)
{
    /// <summary>Short names of the projects that somebody may see, sorted.</summary>
    [SignedIn]
    public async Task<IReadOnlyList<string>> NamesAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return [.. (await VisibleProjects.OfAsync(db, actor, cancellationToken)).Names.Values];
    }
}
