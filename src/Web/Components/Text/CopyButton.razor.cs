using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ReleaseDashboard.Web.Components.Text;

public sealed partial class CopyButton(IJSRuntime js)
{
    private IJSObjectReference? _module;
    private bool? _copied;

    [Parameter, EditorRequired] public string Value { get; set; } = "";

    /// <summary>What is copied, for screen readers: "the SHA-256".</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }

    private async Task Copy()
    {
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "/js/copy.js");
        _copied = await _module.InvokeAsync<bool>("copy", Value);
    }
}
