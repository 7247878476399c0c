using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Projects.Proposals;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Projects.Settings;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Projects.Add;

/// <summary>From a repository to a project: it is read, its settings are proposed, a person corrects them and adds it.</summary>
public sealed partial class AddProjectPage(
    CurrentActor current, StepUp stepUp, RepositorySource source, ProjectQueries projects, ProjectProposals proposals, CreateProject create,
    NavigationManager navigation, Notifier notifier, ILogger<AddProjectPage> logger)
{
    private IReadOnlyList<string> _choices = [];
    private IReadOnlyDictionary<string, string> _taken = new Dictionary<string, string>();
    private IReadOnlyList<SettingFault> _faults = [];
    private Dictionary<string, string> _texts = [];
    private ProjectProposal? _proposal;
    private StepError? _error;
    private string? _repositoryFault;
    private string _repository = "";
    private string _read = "";
    private string _token = "";
    private string _name = "";
    private bool _mayAdd;
    private bool _reading;
    private bool _adding;

    /// <summary>The repository to begin with, so that a link can lead here.</summary>
    [SupplyParameterFromQuery(Name = "repository")] public string? Asked { get; set; }

    private string Other => string.Join(' ', _faults.Where(fault => fault.Key.Length == 0).Select(fault => fault.Message));

    protected override bool Concerns(Change change) => change is Change.Project;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _mayAdd = (await current.GetAsync(cancellationToken)).May(Permission.AddProject);
        _choices = source.Choices;
        _taken = (await projects.ListAsync(cancellationToken)).GroupBy(known => known.Project.Repository, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(known => known.Key, known => known.First().Project.Name, StringComparer.OrdinalIgnoreCase);
        // What is being typed stays.
        if (!IsLoaded)
            _repository = Asked ?? (source.IsSandbox ? _choices.FirstOrDefault(choice => !_taken.ContainsKey(choice)) ?? "" : "");
    }

    private async Task ReadAsync()
    {
        if (_reading)
            return;
        (_error, _repositoryFault) = (null, null);
        if (source.Find(_repository) is not { } place)
        {
            _repositoryFault = source.IsSandbox
                ? "Choose a repository of the sandbox."
                : "Write it as OWNER/NAME, or paste the address of its page, such as https://github.com/OWNER/NAME.";
            return;
        }

        _reading = true;
        StateHasChanged();
        try
        {
            // On a thread of the pool: git takes its time, and the page goes on.
            var found = await Task.Run(() => proposals.ReadAsync(place.Repository, place.Remotes, _token.Trim(), Gone), Gone);
            if (found.IsOk)
                Fill(place.Repository, found.Value);
            else
                _error = found.Error;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            Log.ReadFailed(logger, place.Repository, exception);
            _error = new StepError("unexpected", "The repository could not be read.", "The fault is recorded in the server's log.", "Try again.");
        }

        _reading = false;
    }

    private void Fill(string repository, ProjectProposal proposal)
    {
        (_read, _proposal, _name, _faults) = (repository, proposal, proposal.Name, []);
        _texts = AddFields.All.ToDictionary(field => field.Key, field => field.Read(proposal.Settings));
    }

    private async Task AddAsync()
    {
        if (_adding)
            return;
        _adding = true;
        try
        {
            var settings = AddFields.All.Aggregate(_proposal!.Settings, (all, field) => field.Write(all, _texts[field.Key]));
            var added = await stepUp.RunAsync(actor => create.RunAsync(actor, _name.Trim(), _read, source.IsSandbox, settings, Gone), result => result.Error, Gone);
            if (!added.IsOk)
            {
                _faults = added.Error.Refusal == Refusal.Conflict
                    ? [new SettingFault("name", added.Error.Message)]
                    : SettingFault.Read(added.Error.Message, key => _texts.ContainsKey(key) || key == "name");
                return;
            }

            await FinishAsync(await current.GetAsync(Gone), added.Value);
            navigation.NavigateTo(PageUrls.Project(added.Value.Name));
        }
        finally
        {
            _adding = false;
        }
    }

    // The project is there: what fails now is said, and can be done on its settings page.
    private async Task FinishAsync(Actor actor, Project project)
    {
        try
        {
            var stored = await source.FinishAsync(actor, project, _token.Trim(), Gone);
            notifier.Say(stored.IsDone ? GlyphState.Done : GlyphState.Warning, stored.IsDone ? $"{project.Name} is added." : $"{project.Name} is added, but its token is not stored: {stored.Message}");
        }
        catch (HttpRequestException exception)
        {
            Log.NoEvents(logger, project.Name, exception);
            notifier.Say(GlyphState.Warning, $"{project.Name} is added, but the sandbox tells of no events. Waiting steps look by themselves.");
        }
    }

    private string? Fault(string key) => _faults.FirstOrDefault(fault => fault.Key == key)?.Message;

    /// <summary>The field, with the place its value was found at in place of the general hint.</summary>
    private SettingField Shown(SettingField field) =>
        _proposal!.Found.TryGetValue(field.Key, out var where) && _texts[field.Key] == field.Read(_proposal.Settings) ? field with { Hint = "Found: " + where }
        : _proposal.Missing.Any(missing => missing.Key == field.Key) && _texts[field.Key] == field.Read(_proposal.Settings) ? field with { Hint = "Not found. " + field.Hint }
        : field;

    private string Address(string key) => $"{new Uri(navigation.Uri).PathAndQuery}#setting-{key}";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Repository {Repository} could not be read.")]
        public static partial void ReadFailed(ILogger logger, string repository, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The sandbox could not be asked to tell of the events of {Project}.")]
        public static partial void NoEvents(ILogger logger, string project, Exception exception);
    }
}
