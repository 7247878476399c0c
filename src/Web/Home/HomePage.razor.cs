using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Home.Asks;
using ReleaseDashboard.Web.Home.Health;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Home;

/// <summary>What waits on the reader, what is under way, whether all is well, and what was released lately.</summary>
public sealed partial class HomePage(
    CurrentActor current, AskReader asks, ReleaseQueries releases, ReleaseViews views, ProjectQueries projects, LedgerHealth ledger, Remotes remotes)
{
    private const int Cards = 8;
    private const int Recent = 6;

    private static readonly IReadOnlyList<HealthItem> NotAsked =
        [new("GitHub", GlyphState.Todo, "asking"), new("Package indexes", GlyphState.Todo, "asking")];

    private IReadOnlyList<Ask> _asks = [];
    private IReadOnlyList<ReleaseSummary> _active = [];
    private IReadOnlyList<ReleaseSummary> _recent = [];
    private IReadOnlyList<ReleaseView> _views = [];
    private IReadOnlyList<Project> _projects = [];
    private IReadOnlyList<HealthItem> _own = [];
    private IReadOnlyList<HealthItem> _remotes = NotAsked;
    private bool _mayStart;
    private bool _mayAdd;
    private string? _start;

    /// <summary>Nothing was ever released: the page leads to the first release instead.</summary>
    private bool IsFirst => _active.Count == 0 && _recent.Count == 0;

    private IReadOnlyList<HealthItem> Health => _own.Count == 0 ? [] : [_own[0], _own[1], .. _remotes, .. _own.Skip(2)];

    private string Note
    {
        get
        {
            if (!IsLoaded)
                return "Reading what is under way";
            if (IsFirst)
                return "No release has been made here yet.";
            var yours = _asks.Count(ask => ask.IsYours);
            var team = _asks.Count - yours;
            return (yours, team) switch
            {
                (0, 0) => "All releases, and what they need",
                (1, 0) => "One release needs you",
                (_, 0) => $"{yours} steps need you",
                (0, _) => $"{team} for anybody of your team",
                _ => $"{yours} for you, {team} for anybody of your team",
            };
        }
    }

    private string ActiveNote
    {
        get
        {
            var stopped = _active.Count(release => release.Status == ReleaseStatus.Failed);
            return stopped == 0 ? $"{_active.Count} under way" : $"{_active.Count - stopped} under way, {stopped} stopped";
        }
    }

    protected override bool Concerns(Change change) => change is Change.Release or Change.Project;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        var visible = actor.ProjectsWhere(Permission.SeeProject);
        var active = await releases.ListAsync(new ReleaseFilter { Visible = visible, Active = true, Count = 50 }, cancellationToken);
        var recent = await releases.ListAsync(new ReleaseFilter { Visible = visible, Active = false, Count = Recent }, cancellationToken);
        var stopped = await asks.StoppedAsync(active, cancellationToken);
        var shown = await views.FindAllAsync(active.Take(Cards).Select(release => release.Id), cancellationToken);
        var own = await ledger.ReadAsync(visible, cancellationToken);
        var all = (await projects.ListAsync(actor, cancellationToken)).Select(summary => summary.Project).ToList();
        (_active, _recent, _views, _own, _projects) = (active, recent, shown, own, all);
        _asks = AskBuilder.For(actor, stopped);
        var startable = all.Where(project => actor.May(Permission.StartRelease, project.Id)).ToList();
        (_mayStart, _mayAdd) = (actor.MaySomewhere(Permission.StartRelease), actor.May(Permission.AddProject));
        _start = startable.Count == 0 ? null : startable.Count == 1 ? PageUrls.Project(startable[0].Name) : PageUrls.Projects;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            // Slow at worst 4 s, so the page stands before it is asked.
            _remotes = await remotes.AskAsync([.. (await projects.ListAsync(await current.GetAsync(Gone), Gone)).Select(summary => summary.Project)], Gone);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page is closed.
        }
    }

    private ReleaseView? Find(Guid id) => _views.FirstOrDefault(view => view.Id == id);
}
