using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Preparation.Checks;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Routing;
using Checks = ReleaseDashboard.Infrastructure.Preparation.Checks;

namespace ReleaseDashboard.Web.Projects.Readiness;

/// <summary>Looks whether a release could start, and shows each check as soon as it is over: what blocks stands first.</summary>
public sealed partial class ReadinessPanel(Checks.Readiness readiness, ILogger<ReadinessPanel> logger) : IDisposable
{
    // In the narrow column of the project's page so many passed checks are enough.
    private const int Few = 6;

    private readonly List<ReadinessCheck> _checks = [];
    private CancellationTokenSource? _run;
    private string? _asked;
    private bool _busy;
    private bool _failed;
    private bool _all;

    [Parameter, EditorRequired] public Project Project { get; set; } = default!;

    /// <summary>As a person typed it; null before one is chosen.</summary>
    [Parameter, EditorRequired] public string? Version { get; set; }

    /// <summary>Sign-in name of who would start it.</summary>
    [Parameter, EditorRequired] public string? Starter { get; set; }

    /// <summary>What the release publishes.</summary>
    [Parameter] public ReadinessScope Scope { get; set; } = ReadinessScope.PackageOnly;

    [Parameter] public string Title { get; set; } = "Readiness";

    /// <summary>Two columns, everything shown: for the wizard.</summary>
    [Parameter] public bool Wide { get; set; }

    /// <summary>Hears of the whole report, and of null when the checks begin again.</summary>
    [Parameter] public EventCallback<ReadinessReport?> OnReport { get; set; }

    private IEnumerable<ReadinessCheck> Shown
    {
        get
        {
            var ordered = _checks.OrderByDescending(check => check.State);
            return Wide || _all ? ordered : ordered.Take(Blocking + Warnings + Few);
        }
    }

    private int All => Checks.Readiness.CountOf(Project, Scope);

    private int Blocking => Count(ReadinessState.Blocking);

    private int Warnings => Count(ReadinessState.Warning);

    private int Passed => Math.Max(0, Count(ReadinessState.Ok) - Few);

    // Looking takes seconds and asks remotes: only a live page does it, not the rendering before.
    protected override Task OnAfterRenderAsync(bool firstRender)
    {
        var rules = Scope.Approvals?.Select(step => $"{step.Title}: {step.Approval?.Words}") ?? [];
        var asked = $"{Project.Id} {Version} {Scope} {string.Join("; ", rules)}";
        if (asked == _asked)
            return Task.CompletedTask;
        _asked = asked;
        return RunAsync();
    }

    public void Dispose()
    {
        _run?.Cancel();
        _run?.Dispose();
    }

    private async Task RunAsync()
    {
        if (_run is not null)
        {
            await _run.CancelAsync();
            _run.Dispose();
        }

        var run = _run = new CancellationTokenSource();
        _checks.Clear();
        (_busy, _failed) = (true, false);
        await OnReport.InvokeAsync(null);
        StateHasChanged();
        try
        {
            // Reports arrive on the circuit's own dispatcher; those of a run that was given up are not shown.
            var progress = new Progress<ReadinessCheck>(check =>
            {
                if (run != _run || !_busy)
                    return;
                _checks.Add(check);
                StateHasChanged();
            });
            var report = await readiness.CheckAsync(Project, new ReadinessRequest(Version, Starter, Scope: Scope), progress, run.Token);
            if (run != _run)
                return;
            _busy = false;
            _checks.Clear();
            _checks.AddRange(report.Checks);
            await OnReport.InvokeAsync(report);
        }
        catch (OperationCanceledException) when (run != _run || run.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            Log.ChecksFailed(logger, exception);
            (_busy, _failed) = (false, true);
        }
        StateHasChanged();
    }

    private int Count(ReadinessState state) => _checks.Count(check => check.State == state);

    private static GlyphState Glyph(ReadinessState state) => state switch
    {
        ReadinessState.Ok => GlyphState.Done,
        ReadinessState.Warning => GlyphState.Warning,
        ReadinessState.Blocking => GlyphState.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private string? Href(ReadinessCheck check) => check switch
    {
        { State: ReadinessState.Ok } => null,
        { Fix: { Place: FixPlace.Secrets } } => PageUrls.ProjectSettings(Project.Name, "secrets"),
        { Fix: { Place: FixPlace.Settings } } => PageUrls.ProjectSettings(Project.Name),
        { Fix: { Place: FixPlace.Release, Target: var id } } when Guid.TryParse(id, out var release) => PageUrls.Release(release),
        { Fix: { Place: FixPlace.People } } => PageUrls.ProjectSettings(Project.Name, "access"),
        { Fix: { Place: FixPlace.Repository } } => check.Link ?? Project.Settings.WebUrl,
        _ => check.Link,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The readiness checks of a page failed.")]
        public static partial void ChecksFailed(ILogger logger, Exception exception);
    }
}
