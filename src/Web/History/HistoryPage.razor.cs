using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Forms;
using ReleaseDashboard.Web.Components.Time;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.History;

/// <summary>Releases that are over: how long they took, where the time went, how often something failed.</summary>
public sealed partial class HistoryPage(
    HistoryReader history, HistoryTrends figures, HistoryChoices choices, HistoryProjects projects, CurrentActor current, BrowserTimeProvider clock, NavigationManager navigation)
{
    private const int Shown = 50;
    private const int Counted = 1000;

    private static readonly IReadOnlyList<FilterChoice> Outcomes = [new("published", "published"), new("aborted", "aborted")];
    private static readonly IReadOnlyList<FilterChoice> Kinds = [new("release", "releases only"), new("rehearsal", "rehearsals only")];

    private HistoryPageView _page = new([], false, false);
    private IReadOnlyList<FilterChoice> _projects = [];
    private IReadOnlyList<FilterChoice> _people = [];
    private IReadOnlyList<FilterChoice> _playbooks = [];
    private Core.History.Trends? _trends;
    private int _count;

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private string? Project { get; set; }

    [SupplyParameterFromQuery] private string? Person { get; set; }

    [SupplyParameterFromQuery] private string? Outcome { get; set; }

    [SupplyParameterFromQuery] private string? Kind { get; set; }

    [SupplyParameterFromQuery] private string? Playbook { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    [SupplyParameterFromQuery] private string? To { get; set; }

    [SupplyParameterFromQuery] private string? Before { get; set; }

    [SupplyParameterFromQuery] private string? After { get; set; }

    private HistoryAddress Address => new() { Q = Q, Project = Project, Person = Person, Outcome = Outcome, Kind = Kind, Playbook = Playbook, From = From, To = To, Before = Before, After = After };

    private string CountText => _count > Counted ? $"more than {Counted:N0} releases" : _count == 1 ? "1 release" : $"{_count:N0} releases";

    private string Note => $"{_page.Releases.Count} of {CountText}";

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        var filter = Address.ToFilter(clock, Shown);
        var page = await history.ListAsync(actor, filter, cancellationToken);
        var trends = await figures.ReadAsync(actor, filter, clock.LocalTimeZone, cancellationToken);
        _count = await history.CountAsync(actor, filter, Counted + 1, cancellationToken);
        _projects = [.. (await projects.NamesAsync(actor, cancellationToken)).Select(FilterChoice.Of)];
        _people = [.. (await choices.PeopleAsync(cancellationToken)).Select(FilterChoice.Of)];
        _playbooks = [.. (await choices.PlaybooksAsync(cancellationToken)).Select(FilterChoice.Of)];
        (_page, _trends) = (page, trends.Releases.Count > 0 ? trends : null);
    }

    private void Go(HistoryAddress address) => navigation.NavigateTo(address.First().Url());

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Key(Guid id) => id.ToString("D");
}
