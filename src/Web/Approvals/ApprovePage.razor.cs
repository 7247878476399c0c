using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Releases;

namespace ReleaseDashboard.Web.Approvals;

/// <summary>
/// All that a reviewer decides on, on one page with an address of its own: messages link here. It follows the release, so
/// what is on the screen is what would be published, or the decision is refused.
/// </summary>
public sealed partial class ApprovePage(
    ReleaseQueries releases, Deciders deciders, ReleaseActions actions, CurrentActor current, StepUp stepUp, IJSRuntime js, ILogger<ApprovePage> logger)
{
    private ReleaseScreen? _screen;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;
    private bool _missing;
    private long _turn;
    private long _shown;

    [Parameter] public Guid Id { get; set; }

    [Parameter] public string StepKey { get; set; } = "";

    protected override bool Concerns(Change change) => change is Change.Release release && release.Id == Id;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = await js.InvokeAsync<IJSObjectReference>("import", Gone, "/js/release.js");
        _keys = await _module.InvokeAsync<IJSObjectReference>("watch", Gone);
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
        var view = await releases.FindAsync(Id, cancellationToken);
        if (view?.Steps.FirstOrDefault(own => own.Key == StepKey && own.Approval is not null) is not { } step)
        {
            (_missing, _screen) = (true, null);
            return;
        }
        var viewer = await current.GetAsync(cancellationToken);
        var screen = new ReleaseScreen(view, step, StepDetails.None, viewer, await deciders.OfAsync(view, step, cancellationToken), [], ActAsync)
        {
            Self = await deciders.SelfAsync(viewer, view, step, cancellationToken),
        };
        // Two readings may overlap; the one that began later knows more.
        if (turn < _shown)
            return;
        (_shown, _screen, _missing) = (turn, screen, false);
    }

    private async Task<string?> ActAsync(Func<ReleaseActions, Actor, Task<ActionResult>> act)
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
        return result.IsDone ? null : result.Message;
    }

    private static string Commit(ReleaseScreen screen) => screen.Step.Evidence?["commit"] ?? screen.View.BaseCommit;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An action on the approval of release {Release} failed.")]
        public static partial void ActionFailed(ILogger logger, Guid release, Exception exception);
    }
}
