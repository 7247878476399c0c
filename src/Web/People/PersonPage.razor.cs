using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.People;

/// <summary>One person, as an administrator sees it.</summary>
public sealed partial class PersonPage(AccountQueries accounts, Accounts change, ProjectLookup lookup, StepUp stepUp, Notifier notifier)
{
    private Account? _account;
    private IReadOnlyList<string> _groups = [];
    private IReadOnlyList<(string Project, Roles Roles)> _projects = [];
    private Roles _roles;
    private string _gitHub = "";
    private string _password = "";
    private bool _asking;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    protected override bool Concerns(Change change) => change is Change.User user && user.Id == _account?.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var account = await accounts.FindByNameAsync(Name, cancellationToken);
        var actor = account is null ? null : await accounts.FindActorAsync(Name, cancellationToken);
        var names = actor is null ? new Dictionary<Guid, string>() : await lookup.NamesAsync([.. actor.ProjectRoles.Keys], cancellationToken);
        (_groups, _projects) = (actor?.Groups ?? [], [.. names.Select(name => (name.Value, actor!.ProjectRoles[name.Key])).OrderBy(row => row.Value)]);
        // What is being chosen stays, unless somebody else has changed it.
        if (account is not null && (_account?.Id != account.Id || _account.Roles != account.Roles || _account.GitHubLogin != account.GitHubLogin))
            (_roles, _gitHub) = (account.Roles, account.GitHubLogin ?? "");
        _account = account;
    }

    private Task SaveRolesAsync() => RunAsync(actor => change.SetRolesAsync(actor, _account!.Name, _roles, Gone), $"{Name} is now {RoleNames.Of(_roles)}.");

    private Task SaveGitHubAsync() => RunAsync(actor => change.SetGitHubLoginAsync(actor, _account!.Name, _gitHub, Gone), "The GitHub login is saved.");

    private Task DisableAsync(bool disabled) =>
        RunAsync(actor => change.SetDisabledAsync(actor, _account!.Name, disabled, Gone), disabled ? $"{Name} is disabled." : $"{Name} can sign in again.");

    private async Task SavePasswordAsync()
    {
        var password = _password;
        _password = "";
        await RunAsync(actor => change.SetPasswordAsync(actor, _account!.Name, password, Gone), "The password is set.");
    }

    private async Task RunAsync(Func<Actor, Task<ActionResult>> act, string done)
    {
        var result = await stepUp.RunAsync(act, Gone);
        notifier.Say(result.IsDone ? GlyphState.Done : GlyphState.Failed, result.IsDone ? done : result.Message);
        await ReloadAsync();
    }
}
