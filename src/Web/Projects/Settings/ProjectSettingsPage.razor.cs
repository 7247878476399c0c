using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>A project's settings and secrets. Every fault is shown at once, at its field.</summary>
public sealed partial class ProjectSettingsPage(CurrentActor current, ProjectQueries projects, UpdateProject update, SecretVault vault, StepUp stepUp, Notifier notifier)
{
    private Project? _project;
    private IReadOnlyList<SecretSummary> _secrets = [];
    private Dictionary<string, string> _texts = [];
    private IReadOnlyList<SettingFault> _faults = [];
    private string _repository = "";
    private bool _mayEdit;
    private bool _mayStore;
    private bool _saving;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>The settings as they stand in the form.</summary>
    private ProjectSettings Typed => SettingGroups.All.SelectMany(group => group.Fields).Aggregate(_project!.Settings, (all, own) => own.Write(all, _texts[own.Key]));

    /// <summary>Faults that belong to no field of the form.</summary>
    private string Other => string.Join(' ', _faults.Where(fault => fault.Key.Length == 0).Select(fault => fault.Message));

    protected override bool Concerns(Change change) => change is Change.Project project && project.Id == _project?.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        var project = await projects.FindAsync(Name, cancellationToken);
        (_mayEdit, _mayStore) = (project is not null && actor.May(Permission.ManageProject, project.Id), project is not null && actor.May(Permission.ManageSecrets, project.Id));
        if (project is null)
        {
            _project = null;
            return;
        }

        _mayStore = actor.May(Permission.ManageSecrets, project.Id);
        _secrets = await vault.ListAsync(project.Id, cancellationToken);
        // What is being typed stays: another person's change shows up when the page is opened again.
        if (_project?.Name != project.Name)
            Fill(project);
        _project = project;
    }

    private void Fill(Project project)
    {
        _repository = project.Repository;
        _texts = SettingGroups.All.SelectMany(group => group.Fields).ToDictionary(field => field.Key, field => field.Read(project.Settings));
        _faults = [];
    }

    private async Task SaveAsync()
    {
        _saving = true;
        var saved = await stepUp.RunAsync(actor => update.RunAsync(actor, _project!.Id, _repository.Trim(), Typed, Gone), result => result.Error, Gone);
        _saving = false;
        if (saved.IsOk)
        {
            Fill(saved.Value);
            notifier.Say(GlyphState.Done, "The settings are saved.");
            return;
        }

        _faults = SettingFault.Read(saved.Error.Message, key => _texts.ContainsKey(key) || key == "repository");
    }

    private string? Fault(string key) => _faults.Where(fault => fault.Key == key).Select(fault => fault.Message).FirstOrDefault();
}
