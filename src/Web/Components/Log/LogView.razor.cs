using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace ReleaseDashboard.Web.Components.Log;

/// <summary>A log as it grows: only the lines in view are in the page, so its length does not matter.</summary>
public sealed partial class LogView(IJSRuntime js, NavigationManager navigation)
{
    /// <summary>CSS pixels; the style sheet holds the same number.</summary>
    private const int RowHeight = 20;

    private const int MaxFound = 10_000;
    private ElementReference _scroller;
    private Virtualize<LogLine>? _rows;
    private IJSObjectReference? _module;
    private IJSObjectReference? _watch;
    private DotNetObjectReference<LogView>? _self;
    private LogBuffer? _subscribed;
    private IReadOnlyList<int> _found = [];
    private string _search = "";
    private int _at;
    private int _current;
    private int _count;
    private int _refreshing;
    private bool _gone;
    private bool _following;

    [Parameter, EditorRequired] public LogBuffer Log { get; set; } = default!;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>"succeeded in 21 s"; null while it runs.</summary>
    [Parameter] public string? Outcome { get; set; }

    /// <summary>Where the whole text is; null leaves the link out.</summary>
    [Parameter] public string? RawHref { get; set; }

    /// <summary>True while lines may come: offers to follow the end, and starts so.</summary>
    [Parameter] public bool Live { get; set; }

    /// <summary>How many lines show at once, at most.</summary>
    [Parameter] public int Rows { get; set; } = 24;

    private string Path => new Uri(navigation.Uri).PathAndQuery;

    private string FoundText => _found.Count switch
    {
        0 => "none",
        >= MaxFound => $"{_at + 1} of {MaxFound}+",
        _ => $"{_at + 1} of {_found.Count}",
    };

    [JSInvokable]
    public void FollowingEnded()
    {
        _following = false;
        StateHasChanged();
    }

    [JSInvokable]
    public void LineLinked(int line)
    {
        (_current, _following) = (line, false);
        StateHasChanged();
    }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_subscribed, Log))
            return;
        _subscribed?.Appended -= OnAppended;
        _subscribed = Log;
        _subscribed.Appended += OnAppended;
        _count = Log.Count;
        _following = Live;
        (_search, _found, _current) = ("", [], 0);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        try
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", "/js/log.js");
            // The page may have gone on to the next step while the browser fetched the module: then there is nothing to watch.
            if (_gone)
            {
                await _module.DisposeAsync();
                return;
            }
            _watch = await _module.InvokeAsync<IJSObjectReference>("watch", _scroller, _self, RowHeight);
            if (_following && !_gone)
                await _watch.InvokeVoidAsync("follow", true);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException || (_gone && exception is JSException))
        {
            // The elements or the browser went while the call was under way.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        _subscribed?.Appended -= OnAppended;
        try
        {
            if (_watch is not null)
            {
                await _watch.InvokeVoidAsync("dispose");
                await _watch.DisposeAsync();
            }

            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone or going, and the module with it.
        }

        _self?.Dispose();
    }

    private ValueTask<ItemsProviderResult<LogLine>> Provide(ItemsProviderRequest request) =>
        ValueTask.FromResult(new ItemsProviderResult<LogLine>(Log.Slice(request.StartIndex, request.Count), Log.Count));

    // Many batches before the page gets its turn need one refresh, not many.
    private void OnAppended()
    {
        if (Interlocked.Exchange(ref _refreshing, 1) == 0)
            _ = InvokeAsync(Refresh);
    }

    private async Task Refresh()
    {
        Volatile.Write(ref _refreshing, 0);
        _count = Log.Count;
        if (_search.Length > 0)
            _found = Log.Find(_search, MaxFound);
        if (_rows is not null)
            await _rows.RefreshDataAsync();
        StateHasChanged();
    }

    private async Task Search(ChangeEventArgs change)
    {
        _search = change.Value as string ?? "";
        _found = Log.Find(_search, MaxFound);
        _at = 0;
        await ShowFound();
    }

    private Task SearchKey(KeyboardEventArgs key) => key.Key == "Enter" ? Step(key.ShiftKey ? -1 : 1) : Task.CompletedTask;

    private Task Step(int by)
    {
        if (_found.Count == 0)
            return Task.CompletedTask;
        _at = (_at + by + _found.Count) % _found.Count;
        return ShowFound();
    }

    private async Task ShowFound()
    {
        if (_found.Count == 0)
            return;
        (_current, _following) = (_found[_at], false);
        if (_watch is not null)
            await _watch.InvokeVoidAsync("goTo", _current);
    }

    private async Task ToggleFollow()
    {
        _following = !_following;
        if (_watch is not null)
            await _watch.InvokeVoidAsync("follow", _following);
    }
}
