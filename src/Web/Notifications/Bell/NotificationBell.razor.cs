using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components;
using ReleaseDashboard.Web.Home.Asks;

namespace ReleaseDashboard.Web.Notifications.Bell;

/// <summary>The bell of the frame: how much waits on the reader and is unread, and a panel that leads to each of it.</summary>
public sealed partial class NotificationBell(CurrentActor current, AskReader asks, Inbox inbox)
{
    private const int Shown = 6;
    private const int Listed = 8;

    private readonly string _panelId = ElementIds.Next("bell");
    private ElementReference _trigger;
    private Account? _account;
    private IReadOnlyList<Ask> _asks = [];
    private IReadOnlyList<InboxItem> _items = [];
    private int _unread;
    private int _said;
    private bool _open;
    private bool _focus;
    private string _spoken = "";

    private int Yours => _asks.Count(ask => ask.IsYours);

    // A step that waits is one thing to do, however often it was told of.
    private int More => Math.Max(0, _unread - _said);

    private int Count => Yours + More;

    private string CountText => Count > 99 ? "99+" : Count.ToString(CultureInfo.InvariantCulture);

    // It holds the number that is seen, so that whoever speaks to the page can say what stands there.
    private string Label => (Yours, More) switch
    {
        (0, 0) => "Notices: nothing new",
        (var yours, 0) => $"Notices, {CountText}: {yours} waiting on you",
        (0, var unread) => $"Notices, {CountText}: {unread} unread",
        var (yours, unread) => $"Notices, {CountText}: {yours} waiting on you, {unread} unread",
    };

    protected override bool Concerns(Change change) => change is Change.Release || (change is Change.Bell bell && bell.UserId == _account?.Id);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _account = await current.FindAccountAsync(cancellationToken);
        if (_account is null)
        {
            (_asks, _items, _unread, _said) = ([], [], 0, 0);
            return;
        }

        _asks = await asks.ReadAsync(await current.GetAsync(cancellationToken), cancellationToken);
        var before = _unread;
        _unread = await inbox.CountUnreadAsync(_account.Id, cancellationToken);
        _said = await inbox.CountSaidAsync(_account.Id, [.. _asks.Where(ask => ask.IsYours).Select(ask => (ask.ReleaseId, ask.StepKey))], cancellationToken);
        if (_open || _unread > before)
            _items = await inbox.ListAsync(_account.Id, unreadOnly: false, Listed, cancellationToken);
        // Said only when there is more: a number that falls is the reader's own doing.
        if (IsLoaded && _unread > before && _items.Count > 0)
            _spoken = _items[0].Title;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focus)
            return;
        _focus = false;
        await _trigger.FocusAsync();
    }

    private async Task ToggleAsync()
    {
        _open = !_open;
        if (_open)
            await ReloadAsync();
    }

    private void Close() => _open = false;

    private void Key(KeyboardEventArgs key)
    {
        if (key.Key != "Escape" || !_open)
            return;
        // What had the focus goes with the panel; it returns to where the panel came from.
        (_open, _focus) = (false, true);
    }

    private async Task OpenAsync(InboxItem item)
    {
        _open = false;
        if (_account is { } account && item.ReadAt is null)
            await inbox.ReadAsync(account.Id, item.Id, Gone);
    }

    private async Task ReadAllAsync()
    {
        if (await current.FindAccountAsync(Gone) is { } account)
            await inbox.ReadAsync(account.Id, null, Gone);
        await ReloadAsync();
        _focus = true;
    }
}
