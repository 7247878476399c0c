using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Secrets;

/// <summary>A project's secrets: which there are, which steps get them, when they end and were last used. Never a value.</summary>
public sealed partial class ProjectSecretsPage(CurrentActor current, ProjectQueries projects, SecretVault vault)
{
    private Project? _project;
    private IReadOnlyList<SecretSummary> _secrets = [];
    private bool _mayEdit;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    protected override bool Concerns(Change change) => change is Change.Project project && project.Id == _project?.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (await projects.FindAsync(Name, cancellationToken) is not { } project || !actor.May(Permission.SeeProject, project.Id))
        {
            _project = null;
            return;
        }

        _secrets = await vault.ListAsync(project.Id, cancellationToken);
        (_project, _mayEdit) = (project, actor.May(Permission.ManageSecrets, project.Id));
    }
}
