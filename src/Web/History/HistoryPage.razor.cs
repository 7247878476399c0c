using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Forms;
using ReleaseDashboard.Web.Components.Time;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.History;

/// <summary>Releases that are over: how long they took, where the time went, how often something failed.</summary>
public sealed partial class HistoryPage(
    CurrentActor current, ReleaseQueries releases, ProjectQueries projects, AuditQueries audit, BrowserTimeProvider clock, NavigationManager navigation)
{
    private const int Shown = 50;

    private static readonly IReadOnlyList<FilterChoice> Outcomes = [new("published", "published"), new("aborted", "aborted")];
    private static readonly IReadOnlyList<FilterChoice> Kinds = [new("release", "releases only"), new("rehearsal", "rehearsals only")];

    private IReadOnlyList<ReleaseSummary> _releases = [];
    private IReadOnlyList<FilterChoice> _projects = [];
    private IReadOnlyList<FilterChoice> _people = [];
    private HistorySummary _summary = HistorySummary.Of([]);
    private bool _hasMore;

    [SupplyParameterFromQuery] private string? Project { get; set; }

    [SupplyParameterFromQuery] private string? Person { get; set; }

    [SupplyParameterFromQuery] private string? Outcome { get; set; }

    [SupplyParameterFromQuery] private string? Kind { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    [SupplyParameterFromQuery] private string? To { get; set; }

    [SupplyParameterFromQuery] private string? Before { get; set; }

    private bool IsFiltered => (Project ?? Person ?? Outcome ?? Kind ?? From ?? To ?? Before) is not null;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        var visible = actor.ProjectsWhere(Permission.SeeProject);
        var found = await releases.ListAsync(
            new ReleaseFilter
            {
                Visible = visible,
                Active = false,
                Project = Project,
                StartedBy = Person,
                Status = Outcome switch { "published" => ReleaseStatus.Published, "aborted" => ReleaseStatus.Aborted, _ => null },
                IsRehearsal = Kind switch { "rehearsal" => true, "release" => false, _ => null },
                From = DayText.Begin(DayText.Parse(From), clock),
                To = DayText.End(DayText.Parse(To), clock),
                Before = Guid.TryParse(Before, out var before) ? before : null,
                Count = Shown + 1,
            },
            cancellationToken);
        (_releases, _hasMore) = ([.. found.Take(Shown)], found.Count > Shown);
        _summary = HistorySummary.Of(_releases);
        _projects = [.. (await projects.ListAsync(actor, cancellationToken)).Select(summary => FilterChoice.Of(summary.Project.Name))];
        _people = [.. (visible is null ? await audit.ActorsAsync(cancellationToken) : [.. _releases.Select(release => release.StartedBy).Distinct().Order(StringComparer.OrdinalIgnoreCase)]).Select(FilterChoice.Of)];
    }

    private string Address(
        string? project = null, string? person = null, string? outcome = null, string? kind = null, string? from = null, string? to = null, string? before = null) =>
        PageUrls.With(PageUrls.History, ("project", project ?? Project), ("person", person ?? Person), ("outcome", outcome ?? Outcome),
            ("kind", kind ?? Kind), ("from", from ?? From), ("to", to ?? To), ("before", before));

    private void Go(string? project = null, string? person = null, string? outcome = null, string? kind = null, string? from = null, string? to = null) =>
        navigation.NavigateTo(Address(project, person, outcome, kind, from, to));
}
