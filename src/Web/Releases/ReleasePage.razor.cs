using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Approvals;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Releases.Steps;
using ReleaseDashboard.Web.Releases.Words;

namespace ReleaseDashboard.Web.Releases;

/// <summary>
/// One release on one address. Without <c>?step=</c> the page goes along with the release; with it, it stays at that step.
/// All it shows is read from the ledger again whenever the release changes, so a reload or a reconnect loses nothing.
/// </summary>
public sealed partial class ReleasePage(
    ReleaseQueries releases, ReleaseDetails details, Deciders deciders, ReleaseActions actions, CurrentActor current, StepUp stepUp, Notifier notifier, TimeProvider time, IJSRuntime js,
    ILogger<ReleasePage> logger)
{
    /// <summary>How many entries the timeline shows; the rest is in the audit.</summary>
    public const int TimelineLength = 30;

    private ReleaseScreen? _screen;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;
    private long _turn;
    private long _shown;
    private bool _missing;
    private bool _aborting;
    private bool _handingOver;
    private bool _focusHeading;
    private string _announced = "";

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "step")] public string? StepKey { get; set; }

    private bool ShowsSummary => _screen is { IsOver: true } && StepKey is null;

    protected override bool Concerns(Change change) => change is Change.Release release && release.Id == Id;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", Gone, "/js/release.js");
            _keys = await _module.InvokeAsync<IJSObjectReference>("watch", Gone);
        }
        if (_focusHeading && _module is not null)
        {
            _focusHeading = false;
            await _module.InvokeVoidAsync("focus", Gone, StepPanel.HeadingId);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("dispose", CancellationToken.None);
                await _keys.DisposeAsync();
            }
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone or going, and the module with it.
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var turn = ++_turn;
        if (await releases.FindAsync(Id, cancellationToken) is not { } view)
        {
            (_missing, _screen) = (true, null);
            return;
        }
        // A step that is not in this release (an old link) is no reason for an empty page.
        var step = view.Steps.FirstOrDefault(step => step.Key == StepKey) ?? view.Current;
        var viewer = await current.GetAsync(cancellationToken);
        var screen = new ReleaseScreen(
            view, step,
            await details.StepAsync(Id, step.Key, cancellationToken),
            viewer,
            await deciders.OfAsync(view, step, cancellationToken),
            await details.TimelineAsync(Id, TimelineLength, cancellationToken),
            act => ActAsync(step, act))
        {
            Self = await deciders.SelfAsync(viewer, view, step, cancellationToken),
        };
        // Two readings may overlap; the one that began later knows more.
        if (turn < _shown)
            return;
        var before = _screen;
        (_shown, _screen, _missing) = (turn, screen, false);
        Announce(before);
    }

    private async Task<string?> ActAsync(StepView shown, Func<ReleaseActions, Actor, Task<ActionResult>> act)
    {
        ActionResult result;
        try
        {
            // The roles of this moment, not of when the page was read.
            result = await stepUp.RunAsync(actor => act(actions, actor), Gone);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.ActionFailed(logger, Id, exception);
            return "The server could not do it; its log says why. Look whether it was done before you try again.";
        }

        await ReloadAsync();
        StateHasChanged();
        if (result.IsDone)
        {
            _focusHeading = true;
            return null;
        }

        var why = result.Refusal == Refusal.Conflict && LastPerson() is { } who ? $"{result.Message} {who}" : result.Message;
        // What was pressed is gone when the step has moved on, and with it the place for the answer.
        if (_screen?.Step is { } now && (now.Key, now.Status) != (shown.Key, shown.Status))
            notifier.Say(GlyphState.Warning, why);
        return why;
    }

    // Somebody else was first: it helps to know who.
    private string? LastPerson()
    {
        var last = _screen?.Events.FirstOrDefault(entry => entry.ActorKind is "person" or "token");
        return last is null || last.Actor == _screen!.Viewer.Name || time.GetUtcNow() - last.At > TimeSpan.FromMinutes(5)
            ? null
            : $"Just before, {last.Actor} {TimelineWords.Text(last, _screen.View)}.";
    }

    private void Announce(ReleaseScreen? before)
    {
        if (before is null || _screen is not { } now)
            return;
        var (step, status) = (now.View.Current, now.View.Status);
        if (before.View.Current.Key != step.Key || before.View.Current.Status != step.Status || before.View.Status != status)
            _announced = now.IsOver ? $"Release {now.View.Version}: {ReleaseLooks.Pill(now.View, now.Viewer).Text}" : $"{step.Title}: {StepLooks.Say(step, now.View, now.Viewer)}";
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An action on release {Release} failed.")]
        public static partial void ActionFailed(ILogger logger, Guid release, Exception exception);
    }
}
