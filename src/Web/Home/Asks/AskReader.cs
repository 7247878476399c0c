using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.Home.Asks;

/// <summary>Reads what waits for a person.</summary>
public sealed class AskReader(ReleaseQueries releases, ReleaseViews views)
{
    public async Task<IReadOnlyList<Ask>> ReadAsync(Actor actor, CancellationToken cancellationToken) =>
        AskBuilder.For(actor, await StoppedAsync(await releases.ListAsync(new ReleaseFilter { Visible = actor.ProjectsWhere(Permission.SeeProject), Active = true, Count = ReleaseFilter.MaximumCount }, cancellationToken), cancellationToken));

    /// <summary>Those of the releases that people hold up, in full.</summary>
    public Task<IReadOnlyList<ReleaseView>> StoppedAsync(IEnumerable<ReleaseSummary> active, CancellationToken cancellationToken) =>
        views.FindAllAsync(
            active.Where(release => release.Status is ReleaseStatus.NeedsPerson or ReleaseStatus.Failed || release.Stages.Any(stage => stage.NeedsPerson || stage.Failed))
                .Select(release => release.Id),
            cancellationToken);
}
