using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.People;

/// <summary>All groups with their members.</summary>
public sealed partial class GroupsPage(Groups groups, AccountQueries accounts, StepUp stepUp, Notifier notifier)
{
    private IReadOnlyList<GroupSummary> _groups = [];
    private IReadOnlyList<string> _people = [];
    private string _name = "";
    private string _description = "";

    protected override bool Concerns(Change change) => change is Change.User;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _groups = await groups.ListAsync(cancellationToken);
        _people = [.. (await accounts.ListAsync(cancellationToken)).Where(account => !account.IsDisabled).Select(account => account.Name)];
    }

    private async Task AddAsync()
    {
        if (await ActAsync(actor => groups.CreateAsync(actor, _name.Trim(), _description, Gone), $"{_name.Trim()} is there. Put people into it."))
            (_name, _description) = ("", "");
    }

    private async Task<bool> ActAsync(Func<Actor, Task<ActionResult>> act, string done)
    {
        var result = await stepUp.RunAsync(act, Gone);
        notifier.Say(result.IsDone ? GlyphState.Done : GlyphState.Failed, result.IsDone ? done : result.Message);
        await ReloadAsync();
        StateHasChanged();
        return result.IsDone;
    }
}
