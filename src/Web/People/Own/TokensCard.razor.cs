using System.Globalization;
using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.People.Own;

/// <summary>The reader's tokens, and a new one.</summary>
public sealed partial class TokensCard(ApiTokens tokens, ProjectQueries projects, StepUp stepUp, Notifier notifier)
{
    private readonly HashSet<Permission> _scopes = [];
    private IReadOnlyList<ApiTokenSummary> _tokens = [];
    private IReadOnlyList<(Guid Id, string Name)> _projects = [];
    private NewApiToken? _made;
    private ApiTokenSummary? _revoking;
    private bool _asking;
    private Roles _roles;
    private string _name = "";
    private string _days = "90";
    private string _project = "";
    private string? _fault;

    [Parameter, EditorRequired] public SessionOwner Session { get; set; } = default!;

    private Roles Most => Session.Actor.ProjectRoles.Values.Aggregate(Session.Actor.Roles, (all, roles) => all | roles);

    private IEnumerable<Roles> Own => Enum.GetValues<Roles>().Where(role => role != Roles.None && (Most & role) != 0);

    protected override bool Concerns(Change change) => change is Change.User user && user.Id == Session.Account.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!IsLoaded)
            _roles = Most;
        _tokens = [.. (await tokens.ListAsync(Session.Account.Name, cancellationToken)).OrderBy(token => token.RevokedAt is not null).ThenByDescending(token => token.CreatedAt)];
        _projects = [.. (await projects.ListAsync(Session.Actor, cancellationToken)).Select(summary => (summary.Project.Id, summary.Project.Name))];
    }

    private void Toggle(Permission permission)
    {
        if (!_scopes.Remove(permission))
            _scopes.Add(permission);
    }

    private string Limits(ApiTokenSummary token)
    {
        var project = token.ProjectId is { } id ? $", only in {_projects.FirstOrDefault(known => known.Id == id).Name ?? "a project that is gone"}" : "";
        return token.Scopes.Count == 0 ? project : $"{project}, only for {string.Join(", ", token.Scopes)}";
    }

    private async Task CreateAsync()
    {
        var lifetime = TimeSpan.FromDays(int.Parse(_days, CultureInfo.InvariantCulture));
        var request = new TokenRequest(Session.Account.Name, _name, _roles, lifetime)
        {
            Scopes = [.. _scopes],
            ProjectId = Guid.TryParse(_project, CultureInfo.InvariantCulture, out var project) ? project : null,
        };
        var made = await stepUp.RunAsync(actor => tokens.CreateAsync(actor, request, Gone), result => result.Error, Gone);
        (_made, _fault) = (made.IsOk ? made.Value : null, made.Error?.Message);
        if (made.IsOk)
            (_name, _project) = ("", "");
        await ReloadAsync();
    }

    private async Task RevokeAsync(string reason)
    {
        if (_revoking is not { } token)
            return;
        var revoked = await stepUp.RunAsync(actor => tokens.RevokeAsync(actor, token.Id, Gone), Gone);
        _revoking = null;
        notifier.Say(revoked.IsDone ? GlyphState.Done : GlyphState.Failed, revoked.IsDone ? $"{token.Name} is revoked." : revoked.Message);
        await ReloadAsync();
    }
}
