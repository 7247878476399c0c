using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.People;

/// <summary>Everybody who has an account. What is searched for is in the address.</summary>
public sealed partial class PeoplePage(AccountQueries accounts, Groups groups, NavigationManager navigation)
{
    private IReadOnlyList<Account> _all = [];
    private IReadOnlyList<Account> _shown = [];
    private ILookup<string, string> _groups = Array.Empty<string>().ToLookup(name => name);

    [SupplyParameterFromQuery] private string? Q { get; set; }

    protected override bool Concerns(Change change) => change is Change.User;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _all = await accounts.ListAsync(cancellationToken);
        _groups = (await groups.ListAsync(cancellationToken)).SelectMany(group => group.Members.Select(member => (member, group.Name)))
            .ToLookup(row => row.member, row => row.Name, StringComparer.OrdinalIgnoreCase);
        _shown = string.IsNullOrWhiteSpace(Q) ? _all : [.. _all.Where(Matches)];
    }

    private IEnumerable<string> GroupsOf(Account person) => _groups[person.Name];

    private bool Matches(Account person) => new[] { person.Name, person.DisplayName, person.GitHubLogin ?? "", RoleNames.Of(person.Roles), person.IsDisabled ? "disabled" : "" }
        .Concat(GroupsOf(person)).Any(text => text.Contains(Q!.Trim(), StringComparison.OrdinalIgnoreCase));

    private void Search(string? text) => navigation.NavigateTo(PageUrls.With(PageUrls.People, ("q", text)));
}
