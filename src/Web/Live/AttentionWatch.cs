using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Home.Asks;
using ReleaseDashboard.Web.Layout;

namespace ReleaseDashboard.Web.Live;

/// <summary>Without content: keeps the top bar on every page right: who reads, and how much waits for them.</summary>
public sealed class AttentionWatch(CurrentActor current, AskReader asks, ShellState shell) : LivePage
{
    protected override bool Concerns(Change change) => change is Change.Release or Change.User;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await current.FindSessionAsync(cancellationToken) is not { } session)
            return;
        var waiting = await asks.ReadAsync(session.Actor, cancellationToken);
        var yours = waiting.Count(ask => ask.IsYours);
        var user = new ShellUser(session.Account.Name, session.Account.DisplayName, session.Actor.May(Permission.ManagePeople));
        if (shell.NeedsYou != yours || shell.User != user)
            shell.Update(user, yours);
    }
}
