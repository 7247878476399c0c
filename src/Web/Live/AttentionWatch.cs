using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Home.Asks;
using ReleaseDashboard.Web.Layout;

namespace ReleaseDashboard.Web.Live;

/// <summary>Without content: keeps the number in the top bar, on every page, by what waits for the reader.</summary>
public sealed class AttentionWatch(CurrentActor current, AskReader asks, ShellState shell) : LivePage
{
    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var waiting = await asks.ReadAsync(await current.GetAsync(cancellationToken), cancellationToken);
        var yours = waiting.Count(ask => ask.IsYours);
        if (shell.NeedsYou != yours)
            shell.Update(shell.User, yours);
    }
}
