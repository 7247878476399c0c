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
    private Actor? _actor;

    private bool MayAdd => _actor?.May(Permission.AddProject) == true;

    private bool MayStart(Guid project) => _actor?.May(Permission.StartRelease, project) == true;

    protected override bool Concerns(Change change) => change is Change.Release or Change.Project;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _actor = await current.GetAsync(cancellationToken);
        _projects = await projects.ListAsync(_actor, cancellationToken);
    }
}
