using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.History.Trends;

/// <summary>How the releases of one project change over time.</summary>
public sealed partial class ProjectTrendsPage(HistoryTrends figures, HistoryProjects projects, CurrentActor current, BrowserTimeProvider clock)
{
    private Core.History.Trends? _trends;
    private bool _known;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        _known = (await projects.NamesAsync(actor, cancellationToken)).Contains(Name, StringComparer.Ordinal);
        _trends = _known ? await figures.ReadAsync(actor, new HistoryFilter { Project = Name }, clock.LocalTimeZone, cancellationToken) : null;
    }
}
