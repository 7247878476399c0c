using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Releases.Live;
using ReleaseDashboard.Web.Releases.Steps;
using ReleaseDashboard.Web.Releases.Words;

namespace ReleaseDashboard.Web.Releases;

/// <summary>
/// One release on one address. Without <c>?step=</c> the page goes along with the release; with it, it stays at that step.
/// All it shows is read from the ledger again whenever the release changes, so a reload or a reconnect loses nothing.
/// </summary>
public sealed partial class ReleasePage(
    ReleaseQueries releases, ReleaseDetails details, ReleaseActions actions, ChangeFeed changes, CurrentActor current, TimeProvider time, IJSRuntime js)
{
    /// <summary>How many entries the timeline shows; the rest is in the audit.</summary>
    public const int TimelineLength = 30;

    private readonly CancellationTokenSource _end = new();
    private ReleaseScreen? _screen;
    private ChangePulse? _pulse;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;
    private Guid _pulseOf;
    private long _turn;
    private long _shown;
    private bool _missing;
    private bool _aborting;
    private bool _focusHeading;
    private string _announced = "";

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "step")] public string? StepKey { get; set; }

    private bool ShowsSummary => _screen is { IsOver: true } && StepKey is null;

    protected override async Task OnParametersSetAsync()
    {
        await ReadAsync(_end.Token);
        // While prerendering nobody would end the pulse.
        if (!RendererInfo.IsInteractive || _missing || _pulseOf == Id)
            return;
        _pulseOf = Id;
        if (_pulse is not null)
            await _pulse.DisposeAsync();
        var id = Id;
        // A change between the reading above and the subscription is caught by reading once more.
        _pulse = new ChangePulse(changes, change => change is Change.Release release && release.Id == id,
            token => InvokeAsync(() => ShowAsync(token)), DispatchExceptionAsync, time, atOnce: true);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", _end.Token, "/js/release.js");
            _keys = await _module.InvokeAsync<IJSObjectReference>("watch", _end.Token);
        }
        if (_focusHeading && _module is not null)
        {
            _focusHeading = false;
            await _module.InvokeVoidAsync("focus", _end.Token, StepPanel.HeadingId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_pulse is not null)
            await _pulse.DisposeAsync();
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
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
        _end.Dispose();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var before = _screen;
        await ReadAsync(cancellationToken);
        Announce(before);
        StateHasChanged();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var turn = ++_turn;
        if (await releases.FindAsync(Id, cancellationToken) is not { } view)
        {
            (_missing, _screen) = (true, null);
            return;
        }
        // A step that is not in this release (an old link) is no reason for an empty page.
        var step = view.Steps.FirstOrDefault(step => step.Key == StepKey) ?? view.Current;
        var role = step.Approval is { } approval ? Enum.Parse<Roles>(approval.Rule.Role, ignoreCase: true) : Roles.None;
        var screen = new ReleaseScreen(
            view, step,
            await details.StepAsync(Id, step.Key, cancellationToken),
            await current.GetAsync(cancellationToken),
            role == Roles.None ? [] : await details.PeopleAsync(role, cancellationToken),
            await details.TimelineAsync(Id, TimelineLength, cancellationToken),
            ActAsync);
        // Two readings may overlap; the one that began later knows more.
        if (turn < _shown)
            return;
        (_shown, _screen, _missing) = (turn, screen, false);
    }

    private async Task<string?> ActAsync(Func<ReleaseActions, Actor, Task<ActionResult>> act)
    {
        // The roles of this moment, not of when the page was read.
        var result = await act(actions, await current.GetAsync(_end.Token));
        await ShowAsync(_end.Token);
        if (result.IsDone)
        {
            _focusHeading = true;
            return null;
        }
        return result.Refusal == Refusal.Conflict && LastPerson() is { } who ? $"{result.Message} {who}" : result.Message;
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
}
