using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;

namespace ReleaseDashboard.Web.Releases.Steps;

/// <summary>A part of the page with buttons: one action at a time, and the refusal stays beside them until the next.</summary>
public abstract class ActingComponent : ComponentBase
{
    [Parameter, EditorRequired] public ReleaseScreen Screen { get; set; } = default!;

    /// <summary>Why the last action was refused; null when it was done.</summary>
    protected string? Refused { get; private set; }

    protected bool Busy { get; private set; }

    /// <summary>True when the action was done.</summary>
    protected async Task<bool> DoAsync(Func<ReleaseActions, Actor, Task<ActionResult>> act)
    {
        // A double click is one decision.
        if (Busy)
            return false;
        Busy = true;
        try
        {
            Refused = await Screen.Act(act);
            return Refused is null;
        }
        finally
        {
            Busy = false;
        }
    }
}
