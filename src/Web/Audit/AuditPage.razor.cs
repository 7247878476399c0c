using System.Globalization;
using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Components.Forms;
using ReleaseDashboard.Web.Components.Time;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Audit;

/// <summary>Who did what, when, on what, with what before and after; and the proof that nothing of it was changed.</summary>
public sealed partial class AuditPage(
    AuditQueries audit, AuditVerify verify, ProjectQueries projects, BrowserTimeProvider clock, NavigationManager navigation, ILogger<AuditPage> logger)
{
    private const int Shown = 100;

    private IReadOnlyList<AuditRow> _rows = [];
    private IReadOnlyList<FilterChoice> _people = [];
    private IReadOnlyList<FilterChoice> _projects = [];
    private IReadOnlyList<FilterChoice> _actions = [];
    private bool _hasMore;
    private bool _verifying;
    private bool _verifyFailed;
    private AuditVerification? _verdict;
    private TimeSpan _took;

    [SupplyParameterFromQuery] private string? Person { get; set; }

    [SupplyParameterFromQuery] private string? Project { get; set; }

    [SupplyParameterFromQuery] private string? Release { get; set; }

    [SupplyParameterFromQuery] private string? Action { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    [SupplyParameterFromQuery] private string? To { get; set; }

    [SupplyParameterFromQuery] private string? Before { get; set; }

    private bool IsFiltered => (Person ?? Project ?? Release ?? Action ?? From ?? To ?? Before) is not null;

    // Older pages stand still: what is read there must not move away.
    protected override bool Concerns(Change change) => change is Change.Audit && Before is null;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var found = await audit.ListAsync(
            new AuditFilter
            {
                Actor = Person,
                Project = Project,
                Release = Guid.TryParse(Release, out var release) ? release : null,
                Action = Action,
                From = DayText.Begin(DayText.Parse(From), clock),
                To = DayText.End(DayText.Parse(To), clock),
                Before = long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null,
                Count = Shown + 1,
            },
            cancellationToken);
        (_rows, _hasMore) = ([.. found.Take(Shown)], found.Count > Shown);
        _people = [.. (await audit.ActorsAsync(cancellationToken)).Select(FilterChoice.Of)];
        _projects = [.. (await projects.ListAsync(cancellationToken)).Select(summary => FilterChoice.Of(summary.Project.Name))];
        _actions = [.. (await audit.ActionsAsync(cancellationToken)).Select(action => new FilterChoice(action, AuditWords.Of(action)))];
    }

    private async Task VerifyAsync()
    {
        (_verifying, _verifyFailed, _verdict) = (true, false, null);
        var begun = clock.GetTimestamp();
        try
        {
            _verdict = await verify.RunAsync(Gone);
            _took = clock.GetElapsedTime(begun);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            Log.VerifyFailed(logger, exception);
            _verifyFailed = true;
        }
        _verifying = false;
    }

    private string Address(string? person = null, string? project = null, string? action = null, string? from = null, string? to = null, string? before = null) =>
        PageUrls.With(PageUrls.Audit, ("person", person ?? Person), ("project", project ?? Project), ("release", Release),
            ("action", action ?? Action), ("from", from ?? From), ("to", to ?? To), ("before", before));

    private void Go(string? person = null, string? project = null, string? action = null, string? from = null, string? to = null) =>
        navigation.NavigateTo(Address(person, project, action, from, to));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The audit trail could not be verified.")]
        public static partial void VerifyFailed(ILogger logger, Exception exception);
    }
}
