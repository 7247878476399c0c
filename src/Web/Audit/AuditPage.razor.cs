using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Forms;
using ReleaseDashboard.Web.Components.Time;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Audit;

/// <summary>Who did what, when, on what, with what before and after; and the proof that nothing of it was changed.</summary>
public sealed partial class AuditPage(
    CurrentActor current, AuditQueries audit, CheckpointMaker checkpoints, AuditAccess access, ProjectQueries projects, BrowserTimeProvider clock, NavigationManager navigation)
{
    private const int Shown = 100;

    private IReadOnlyList<AuditRow> _rows = [];
    private IReadOnlyList<FilterChoice> _people = [];
    private IReadOnlyList<FilterChoice> _projects = [];
    private IReadOnlyList<FilterChoice> _actions = [];
    private bool _hasMore;
    private bool _mayCheck;
    private bool _maySign;
    private bool _verifying;
    private bool _signing;
    private string? _refusal;
    private long _newer;
    private SignedCheckpoint? _last;
    private VerifyPanel? _panel;

    [SupplyParameterFromQuery] private string? Person { get; set; }

    [SupplyParameterFromQuery] private string? Project { get; set; }

    [SupplyParameterFromQuery] private string? Release { get; set; }

    [SupplyParameterFromQuery] private string? Action { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    [SupplyParameterFromQuery] private string? To { get; set; }

    [SupplyParameterFromQuery] private string? Before { get; set; }

    private bool IsFiltered => (Person ?? Project ?? Release ?? Action ?? From ?? To ?? Before) is not null;

    private AuditFilter Filter => new()
    {
        Actor = Person,
        Project = Project,
        Release = Guid.TryParse(Release, out var release) ? release : null,
        Action = Action,
        From = DayText.Begin(DayText.Parse(From), clock),
        To = DayText.End(DayText.Parse(To), clock),
        Before = long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null,
        Count = Shown + 1,
    };

    // Older pages stand still: what is read there must not move away.
    protected override bool Concerns(Change change) => change is Change.Audit && Before is null;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _mayCheck = await access.MayCheckAsync(cancellationToken);
        var visible = await access.VisibleAsync(cancellationToken);
        _projects = [.. (await projects.ListAsync(await current.GetAsync(cancellationToken), cancellationToken)).Select(summary => FilterChoice.Of(summary.Project.Name))];
        var found = await audit.ListAsync(Filter with { Visible = visible }, cancellationToken);
        (_rows, _hasMore) = ([.. found.Take(Shown)], found.Count > Shown);
        _people = [.. (visible is null ? await audit.ActorsAsync(cancellationToken) : [.. _rows.Select(row => row.Actor).Distinct().Order(StringComparer.OrdinalIgnoreCase)]).Select(FilterChoice.Of)];
        _actions = [.. Groups(await audit.ActionsAsync(cancellationToken))];
        _maySign = await access.MaySignAsync(cancellationToken);
        if (_mayCheck)
            await LoadCheckpointAsync(cancellationToken);
    }

    private async Task LoadCheckpointAsync(CancellationToken cancellationToken)
    {
        _last = await checkpoints.LastAsync(cancellationToken);
        var newest = await audit.ListAsync(new AuditFilter { Count = 1 }, cancellationToken);
        _newer = newest.Count == 0 ? 0 : newest[0].Sequence - (_last?.Checkpoint.Size ?? 0);
    }

    private async Task SignAsync()
    {
        (_signing, _refusal) = (true, null);
        if (await access.MaySignAsync(Gone))
        {
            var made = await checkpoints.MakeAsync(Gone);
            _refusal = made.Error?.Message;
            await LoadCheckpointAsync(Gone);
        }
        _signing = false;
    }

    private async Task VerifyFileAsync(InputFileChangeEventArgs change)
    {
        _refusal = null;
        string text;
        try
        {
            await using var stream = change.File.OpenReadStream(AuditVerifyRequest.MaximumLength, Gone);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            text = await reader.ReadToEndAsync(Gone);
        }
        catch (IOException)
        {
            _refusal = "The file could not be read, or it is too long for checkpoints.";
            return;
        }
        await _panel!.RunAsync(text);
    }

    // A whole family of actions is one choice, as in "every step of a release".
    private static IEnumerable<FilterChoice> Groups(IReadOnlyList<string> actions) =>
        actions.GroupBy(action => action[..(action.IndexOf('.', StringComparison.Ordinal) + 1)])
            .SelectMany(family => family.Count() > 1 && family.Key.Length > 0
                ? family.Select(Choice).Prepend(new FilterChoice(family.Key, $"{family.Key[..^1]}: everything"))
                : family.Select(Choice));

    private static FilterChoice Choice(string action) => new(action, AuditWords.Of(action));

    private string Address(string? person = null, string? project = null, string? action = null, string? from = null, string? to = null, string? before = null) =>
        PageUrls.With(PageUrls.Audit, ("person", person ?? Person), ("project", project ?? Project), ("release", Release),
            ("action", action ?? Action), ("from", from ?? From), ("to", to ?? To), ("before", before));

    private string ExportAddress(string format) => PageUrls.With(
        $"/api/v1/audit/export.{format}", ("person", Person), ("project", Project), ("release", Release), ("action", Action),
        ("from", Filter.From?.ToString("O", CultureInfo.InvariantCulture)), ("to", Filter.To?.ToString("O", CultureInfo.InvariantCulture)));

    private void Go(string? person = null, string? project = null, string? action = null, string? from = null, string? to = null) =>
        navigation.NavigateTo(Address(person, project, action, from, to));
}
