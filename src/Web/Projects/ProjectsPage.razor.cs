using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.Projects;

/// <summary>All projects, each with its last release and the way to the next.</summary>
public sealed partial class ProjectsPage(CurrentActor current, ProjectQueries projects)
{
    private IReadOnlyList<ProjectSummary> _projects = [];
    private bool _mayStart;
    private bool _mayAdd;

    protected override bool Concerns(Change change) => change is Change.Release or Change.Project;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _projects = await projects.ListAsync(cancellationToken);
        var actor = await current.GetAsync(cancellationToken);
        (_mayStart, _mayAdd) = (actor.Has(Roles.Maintainer), actor.Has(Roles.Administrator | Roles.Maintainer));
    }
}
