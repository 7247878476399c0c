using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Forms;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Releases.List;

/// <summary>All releases. What is shown is in the address, so that it can be sent to somebody.</summary>
public sealed partial class ReleasesPage(CurrentActor current, ReleaseQueries releases, ProjectQueries projects, NavigationManager navigation)
{
    private const int Shown = 50;
    private const string Active = "active";
    private const string Over = "over";

    private static readonly IReadOnlyList<FilterChoice> Statuses =
    [
        new(Active, "under way"),
        new(Over, "over"),
        .. Enum.GetValues<ReleaseStatus>().Select(status => new FilterChoice(status.ToString().ToLowerInvariant(), ReleaseLook.Word(status).ToLowerInvariant())),
    ];

    private static readonly IReadOnlyList<FilterChoice> Kinds = [new("release", "releases only"), new("rehearsal", "rehearsals only")];

    private IReadOnlyList<ReleaseSummary> _releases = [];
    private IReadOnlyList<FilterChoice> _projects = [];
    private bool _hasMore;
    private bool _mayStart;

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private string? Project { get; set; }

    [SupplyParameterFromQuery] private string? Status { get; set; }

    [SupplyParameterFromQuery] private string? Kind { get; set; }

    [SupplyParameterFromQuery] private string? Before { get; set; }

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || Project is not null || Status is not null || Kind is not null;

    protected override bool Concerns(Change change) => change is Change.Release or Change.Project;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        var found = await releases.ListAsync(
            new ReleaseFilter
            {
                Visible = actor.ProjectsWhere(Permission.SeeProject),
                Search = Q,
                Project = Project,
                Active = Status switch { Active => true, Over => false, _ => null },
                Status = Enum.TryParse<ReleaseStatus>(Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
                IsRehearsal = Kind switch { "rehearsal" => true, "release" => false, _ => null },
                Before = Guid.TryParse(Before, out var before) ? before : null,
                // One more than is shown tells whether there is another page.
                Count = Shown + 1,
            },
            cancellationToken);
        (_releases, _hasMore) = ([.. found.Take(Shown)], found.Count > Shown);
        _projects = [.. (await projects.ListAsync(actor, cancellationToken)).Select(summary => FilterChoice.Of(summary.Project.Name))];
        _mayStart = actor.MaySomewhere(Permission.StartRelease);
    }

    // An empty text takes a filter away; null leaves it as it is. A new filter starts at the newest again.
    private string Address(string? q = null, string? project = null, string? status = null, string? kind = null, string? before = null) =>
        PageUrls.With(PageUrls.Releases, ("q", q ?? Q), ("project", project ?? Project), ("status", status ?? Status), ("kind", kind ?? Kind), ("before", before));

    private void Go(string? q = null, string? project = null, string? status = null, string? kind = null) =>
        navigation.NavigateTo(Address(q, project, status, kind));
}
