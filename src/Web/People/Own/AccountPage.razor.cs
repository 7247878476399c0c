using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Configuration;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.People.Own;

/// <summary>What belongs to the reader alone: name, password, ways to sign in, sessions, tokens, theme.</summary>
public sealed partial class AccountPage(CurrentActor current, ProjectLookup projects, DashboardOptions options)
{
    private SessionOwner? _session;
    private IReadOnlyDictionary<Guid, string> _projects = new Dictionary<Guid, string>();

    [SupplyParameterFromQuery] private string? Failed { get; set; }

    private bool HasGitHub => options.GitHubOAuth is not null && _session?.Account.IsPersona == false;

    protected override bool Concerns(Change change) => change is Change.User user && user.Id == _session?.Account.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        // When the session has ended the frame leaves for the sign-in page; what is shown stays until then.
        if (await current.FindSessionAsync(cancellationToken) is not { } session)
            return;
        _projects = session.Actor.ProjectRoles.Count == 0 ? _projects : await projects.NamesAsync([.. session.Actor.ProjectRoles.Keys], cancellationToken);
        _session = session;
    }

    private string Summary(SessionOwner session)
    {
        var text = $"{session.Account.DisplayName}, signed in as {session.Account.Name}. You are {RoleNames.Of(session.Actor.Roles)} everywhere";
        foreach (var (project, roles) in session.Actor.ProjectRoles)
        {
            if (_projects.TryGetValue(project, out var name) && roles != Roles.None)
                text += $", {RoleNames.Of(roles)} in {name}";
        }
        return session.Actor.Groups.Count == 0 ? text + "." : $"{text}. Your groups: {string.Join(", ", session.Actor.Groups)}.";
    }
}
