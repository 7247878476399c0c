using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>The projects that somebody may see.</summary>
/// <param name="IsAll">Whether there are no others: then nothing has to be left out.</param>
/// <param name="Names">Short names by id.</param>
public sealed record VisibleProjects(bool IsAll, IReadOnlyDictionary<Guid, string> Names)
{
    public Guid? Find(string name) => Names.Where(project => string.Equals(project.Value, name, StringComparison.Ordinal)).Select(project => (Guid?)project.Key).FirstOrDefault();

    internal static Task<VisibleProjects> OfAsync(LedgerContext db, Actor actor, CancellationToken cancellationToken) =>
        WhereAsync(db, id => actor.May(Permission.SeeProject, id), cancellationToken);

    /// <param name="sees">Whether the project with this id may be seen.</param>
    internal static async Task<VisibleProjects> WhereAsync(LedgerContext db, Func<Guid, bool> sees, CancellationToken cancellationToken)
    {
        var all = await db.Projects.OrderBy(project => project.Name).Select(project => new { project.Id, project.Name }).ToListAsync(cancellationToken);
        var seen = all.Where(project => sees(project.Id)).ToDictionary(project => project.Id, project => project.Name);
        return new VisibleProjects(seen.Count == all.Count, seen);
    }
}
