using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Preparation.Checks;
using ReleaseDashboard.Infrastructure.Preparation.Overview;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.Projects.Parts;

namespace ReleaseDashboard.Web.Projects;

/// <summary>
/// Where a project stands and what its next release would be. What the ledger knows is there at once; what remotes know
/// comes when they answer, each part with its own fault.
/// </summary>
public sealed partial class ProjectPage(
    CurrentActor current, ProjectQueries projects, ProjectOverviews overviews, ReleaseQueries releases, PlaybookLibrary playbooks, SecretVault vault, ILogger<ProjectPage> logger)
{
    private const int Last = 6;

    private Project? _project;
    private ProjectOverview? _overview;
    private string? _overviewFault;
    private string? _version;
    private IReadOnlyList<ReleaseSummary> _active = [];
    private IReadOnlyList<ReleaseSummary> _last = [];
    private IReadOnlyList<string> _needed = [];
    private PlaybookReading? _playbook;
    private string? _starter;
    private string? _read;
    private bool _mayStart;
    private bool _mayStore;
    private bool _busy;
    private int _blocking;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    private IReadOnlyList<OverviewCommit> Commits => _overview?.Branches.Value is { } state ? [.. state.DevOnly.Where(commit => !commit.IsMerge)] : [];

    protected override bool Concerns(Change change) =>
        change is Change.Release || (change is Change.Project project && project.Id == _project?.Id);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        var project = await projects.FindAsync(Name, cancellationToken);
        if (project is not null)
        {
            _active = await releases.ListAsync(new ReleaseFilter { Project = Name, Active = true, Count = 3 }, cancellationToken);
            _last = await releases.ListAsync(new ReleaseFilter { Project = Name, Active = false, Count = Last }, cancellationToken);
            // Once something was released, the readiness check alone says it: credentials may be in the worker's own files.
            _needed = _active.Count + _last.Count > 0 ? [] : SecretsNeeded.Missing(project.Settings, [.. (await vault.ListAsync(project.Id, cancellationToken)).Select(secret => secret.Name)]);
            _playbook = await ReadPlaybookAsync(project, cancellationToken);
        }

        (_project, _starter, _mayStart, _mayStore) = (project, actor.Name, May(Permission.StartRelease), May(Permission.ManageSecrets));

        bool May(Permission permission) => project is not null && actor.May(permission, project.Id);
    }

    // Remotes are asked by the live page only, so that the first paint waits for none of them.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_project is null || _read == Name)
            return;
        _read = Name;
        (_overview, _version) = (null, null);
        await ReadOverviewAsync(refresh: false);
        StateHasChanged();
    }

    private Task RefreshAsync() => ReadOverviewAsync(refresh: true);

    private async Task ReadOverviewAsync(bool refresh)
    {
        if (_busy)
            return;
        _busy = true;
        StateHasChanged();
        try
        {
            // On a thread of the pool: git and the remotes take their time, and the page goes on.
            var overview = await Task.Run(() => overviews.ReadAsync(Name, refresh, Gone), Gone);
            (_overview, _overviewFault) = (overview, null);
            _version ??= overview?.Proposal.Value?.Suggested.Version;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            Log.OverviewFailed(logger, Name, exception);
            _overviewFault = "The project could not be looked at. The fault is recorded in the server's log.";
        }
        _busy = false;
    }

    /// <summary>"Python package", "4 images", or both.</summary>
    private string What => (_project?.Settings.Package.Length == 0, _project?.Settings.Images?.Variants.Count) switch
    {
        (true, { } count) => Count(count),
        (_, { } count) => $"Python package, {Count(count)}",
        _ => "Python package",
    };

    private static string Count(int images) => images == 1 ? "1 image" : $"{images} images";

    private ReadinessScope Scope => _playbook?.Playbook is { } playbook ? ReadinessScope.Of(playbook) : ReadinessScope.PackageOnly;

    private async Task<PlaybookReading?> ReadPlaybookAsync(Project project, CancellationToken cancellationToken) =>
        PlaybookChoice.Of(playbooks, project) is { } name ? (await playbooks.ReadAsync(name, cancellationToken)).Reading : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Project {Project} could not be looked at.")]
        public static partial void OverviewFailed(ILogger logger, string project, Exception exception);
    }
}
