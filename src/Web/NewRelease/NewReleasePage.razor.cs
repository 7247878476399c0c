using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Preparation.Checks;
using ReleaseDashboard.Infrastructure.Preparation.Drafts;
using ReleaseDashboard.Infrastructure.Preparation.Overview;
using ReleaseDashboard.Infrastructure.Preparation.Plans;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Forms;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.NewRelease.Version;
using ReleaseDashboard.Web.Projects;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.NewRelease;

/// <summary>
/// The way to a release: version, preflight, plan, start. Each choice is saved in a draft that has its own address, so a
/// closed browser or a restarted server loses nothing. Nothing runs before the last button.
/// </summary>
public sealed partial class NewReleasePage(
    CurrentActor current, StepUp stepUp, ProjectQueries projects, DraftStore drafts, ProjectOverviews overviews, ReleasePlans plans, PlaybookLibrary playbooks,
    StartRelease start, NavigationManager navigation, ILogger<NewReleasePage> logger)
{
    private Actor? _actor;
    private Project? _project;
    private ReleaseDraft? _draft;
    private ProjectOverview? _overview;
    private ReadinessReport? _report;
    private PlannedRelease? _plan;
    private PlanFault? _planFault;
    private (string Title, string Text)? _stop;
    private string? _overviewFault;
    private string? _notice;
    private string _text = "";
    private string? _planned;
    private ReadinessScope _scope = ReadinessScope.PackageOnly;
    private bool _opened;
    private bool _asked;
    private bool _busy;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [SupplyParameterFromQuery] private string? Draft { get; set; }

    [SupplyParameterFromQuery] private string? Page { get; set; }

    [SupplyParameterFromQuery] private string? Version { get; set; }

    private string Current => Page is not null && ReleaseDraft.Pages.Contains(Page) ? Page : _draft?.Page ?? ReleaseDraft.Pages[0];

    private VersionVerdict Verdict => VersionVerdict.Of(_text, _overview);

    private IReadOnlyList<WizardStep> Steps => [.. ReleaseDraft.Pages.Select((page, at) => Step(page, at))];

    protected override bool Concerns(Change change) => change is Change.Project project && project.Id == _project?.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _actor = await current.GetAsync(cancellationToken);
        _project = await projects.FindAsync(Name, cancellationToken);
        _stop = _project is null ? ("There is no such project", "It may have been renamed.")
            : !_actor.May(Permission.StartRelease, _project.Id) ? ("You cannot start a release", "Starting one needs the role maintainer.")
            : null;
        if (_project is not null && PlaybookChoice.Of(playbooks, _project) is { } chosen && (await playbooks.ReadAsync(chosen, cancellationToken)).Reading.Playbook is { } playbook)
            _scope = ReadinessScope.Of(playbook);
        if (_stop is not null || !Guid.TryParse(Draft, out var id) || id == _draft?.Id)
            return;
        _draft = await drafts.LoadAsync(_actor, id, cancellationToken);
        _text = _draft?.Version ?? "";
        if (_draft is null)
            _stop = ("There is no such draft", "Its release was started, it was discarded, or it belongs to somebody else.");
    }

    // A draft is made, and remotes are asked, by the live page only: the rendering before it must leave no trace.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!IsLoaded || _stop is not null || _project is null || _actor is null)
            return;
        if (_draft is null)
        {
            if (Draft is null && !_opened)
                await OpenAsync();
            return;
        }

        if (!_asked)
        {
            _asked = true;
            await ReadOverviewAsync();
        }

        if (Current is "plan" or "start" && _planned != _text)
            await PlanAsync();
    }

    private async Task OpenAsync()
    {
        _opened = true;
        var draft = await drafts.CreateAsync(_actor!, _project!.Id, Gone);
        if (draft is not null && !string.IsNullOrWhiteSpace(Version))
            await drafts.SaveAsync(_actor!, draft.Id, Version, "version", Gone);
        if (draft is not null)
            navigation.NavigateTo(PageUrls.NewRelease(Name, draft.Id, "version"), replace: true);
    }

    private async Task ReadOverviewAsync()
    {
        _overviewFault = null;
        try
        {
            _overview = await Task.Run(() => overviews.ReadAsync(Name, refresh: false, Gone), Gone);
            if (_text.Length == 0 && _overview?.Proposal.Value is { } proposal)
                await TypedAsync(proposal.Suggested.Version);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            Log.Failed(logger, Name, exception);
            _overviewFault = "The project could not be looked at. The fault is recorded in the server's log.";
        }
        StateHasChanged();
    }

    private async Task TypedAsync(string text)
    {
        if (_text != text)
            (_text, _report, _plan, _planFault, _planned, _notice) = (text, null, null, null, null, null);
        await SaveAsync("version");
    }

    private async Task SaveAsync(string page)
    {
        if (_draft is null || _actor is null)
            return;
        var saved = await drafts.SaveAsync(_actor, _draft.Id, _text.Length == 0 ? null : _text, page, Gone);
        if (!saved.IsDone)
            _stop = ("The draft is gone", saved.Message);
        else
            _draft = await drafts.LoadAsync(_actor, _draft.Id, Gone) ?? _draft;
    }

    private async Task GoAsync(string page)
    {
        _text = _text.Trim();
        await SaveAsync(page);
        navigation.NavigateTo(Address(page));
    }

    private string Address(string page) => PageUrls.NewRelease(Name, _draft?.Id, page);

    private void Reported(ReadinessReport? report) => _report = report;

    /// <summary>Makes the plan for the present version, and says so when it differs from the one that was read.</summary>
    private async Task PlanAsync()
    {
        var read = _plan;
        _planned = _text;
        (_plan, _planFault) = (null, null);
        StateHasChanged();
        await BuildAsync();
        if (read is not null && _plan is not null && read.Digest != _plan.Digest)
            _notice = "Something changed since you read the plan. This is the new one: read it again.";
        StateHasChanged();
    }

    private async Task BuildAsync()
    {
        try
        {
            var playbook = PlaybookChoice.Of(playbooks, _project!);
            if (playbook is null)
            {
                _planFault = new PlanFault("There is no playbook.", [], "Put one into the folder of playbooks.");
                return;
            }

            var result = await Task.Run(() => plans.BuildAsync(_project!.Id, _text, playbook, _actor!.Name, Gone), Gone);
            _plan = result.IsOk ? result.Value : null;
            _planFault = result.Error;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, Name, exception);
            _planFault = new PlanFault("The plan could not be made.", [], "Try again. The fault is recorded in the server's log.");
        }
    }

    private async Task StartAsync()
    {
        if (_plan is not { } read || _actor is null || _draft is null)
            return;
        _busy = true;
        StateHasChanged();
        // What starts must be what was read: the plan is made once more and compared.
        await BuildAsync();
        if (_plan is { } now && now.Digest == read.Digest)
        {
            var actor = await current.GetAsync(Gone);
            var request = new StartRequest(_project!.Id, now.Version, now.Playbook, now.BaseCommit, now.LastVersion, now.Digest);
            var (id, result) = await stepUp.RunAsync(who => start.RunAsync(who, request, Gone), answer => answer.Result, Gone);
            if (id is { } release)
            {
                await drafts.DeleteAsync(actor, _draft.Id, Gone);
                navigation.NavigateTo(PageUrls.Release(release));
                return;
            }

            _notice = result.Message;
        }
        else if (_plan is not null)
        {
            _notice = "Something changed since you read the plan, so nothing was started. This is the new one: read it, then start.";
            navigation.NavigateTo(Address("plan"));
        }

        _busy = false;
    }

    private async Task DiscardAsync()
    {
        if (_draft is not null && _actor is not null)
            await drafts.DeleteAsync(_actor, _draft.Id, Gone);
        navigation.NavigateTo(PageUrls.Project(Name));
    }

    private WizardStep Step(string page, int at)
    {
        var here = ReleaseDraft.Pages.IndexOf(Current);
        var state = at == here ? (page == "preflight" && _report is { CanStart: false } ? GlyphState.Failed : GlyphState.Here) : at < here ? GlyphState.Done : GlyphState.Todo;
        var (name, note) = page switch
        {
            "version" => ("Version", _text.Length > 0 ? _text : "to be chosen"),
            "preflight" => ("Preflight", _report is { } report ? (report.Blocking > 0 ? $"{report.Blocking} to repair" : $"{report.Checks.Count - report.Warnings} of {report.Checks.Count} passed") : at < here ? "checked" : "not yet"),
            "plan" => ("Plan", _plan is { } plan ? $"{plan.Totals.Steps} steps to read" : "not yet"),
            _ => ("Start", "not yet"),
        };
        return new WizardStep(name, state, note, at < here && _draft is not null ? Address(page) : null);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The wizard of project {Project} met a fault.")]
        public static partial void Failed(ILogger logger, string project, Exception exception);
    }
}

internal static class PageOrder
{
    internal static int IndexOf(this IReadOnlyList<string> pages, string page)
    {
        for (var at = 0; at < pages.Count; at++)
        {
            if (pages[at] == page)
                return at;
        }

        return -1;
    }
}
