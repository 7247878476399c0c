using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ReleaseDashboard.Web.Components.Feedback;

/// <summary>
/// A modal over the page, on the browser's own dialog element: it traps the focus, closes on Escape and gives the focus back.
/// </summary>
public sealed partial class Dialog(IJSRuntime js)
{
    private readonly string _titleId = ElementIds.Next("dialog");
    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private bool _shown;

    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter, EditorRequired] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = default!;

    [Parameter] public RenderFragment? Footer { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open == _shown)
            return;

        _shown = Open;
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "/js/dialog.js");
        await _module.InvokeVoidAsync(Open ? "show" : "close", _dialog);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone or going, and the module with it.
        }
    }

    private Task Closed() => Open ? OpenChanged.InvokeAsync(false) : Task.CompletedTask;
}
