using Microsoft.JSInterop;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.Settings;

/// <summary>What belongs to the reader alone: theme and API tokens.</summary>
public sealed partial class SettingsPage(CurrentActor current, ApiTokens tokens, Notifier notifier)
{
    private static readonly IReadOnlyList<(string Value, string Text)> Themes = [("light", "Light"), ("dark", "Dark"), ("system", "As the system")];

    private Account? _account;
    private IReadOnlyList<ApiTokenSummary> _tokens = [];
    private NewApiToken? _made;
    private ApiTokenSummary? _revoking;
    private bool _asking;
    private Roles _roles;
    private string _theme = "";
    private string _name = "";
    private string _days = "90";
    private string? _fault;

    private IEnumerable<Roles> Own => Enum.GetValues<Roles>().Where(role => role != Roles.None && _account is not null && (_account.Roles & role) != 0);

    protected override bool Concerns(Change change) => change is Change.User user && user.Id == _account?.Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var isFirst = _account is null;
        _account = await current.FindAccountAsync(cancellationToken);
        if (_account is null)
            return;
        if (isFirst)
            _roles = _account.Roles;
        _tokens = [.. (await tokens.ListAsync(_account.Name, cancellationToken)).OrderBy(token => token.RevokedAt is not null).ThenByDescending(token => token.CreatedAt)];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _theme = await Js.InvokeAsync<string>("releaseShell.choice", Gone);
        StateHasChanged();
    }

    private async Task ChooseAsync(string theme)
    {
        _theme = theme;
        await Js.InvokeVoidAsync("releaseShell.choose", Gone, theme);
    }

    private async Task CreateAsync()
    {
        if (_account is null)
            return;
        var lifetime = TimeSpan.FromDays(int.Parse(_days, System.Globalization.CultureInfo.InvariantCulture));
        var made = await tokens.CreateAsync(await current.GetAsync(Gone), _account.Name, _name, _roles, lifetime, Gone);
        (_made, _fault) = (made.IsOk ? made.Value : null, made.Error?.Message);
        if (made.IsOk)
            _name = "";
        await ReloadAsync();
    }

    private async Task RevokeAsync(string reason)
    {
        if (_revoking is not { } token)
            return;
        var revoked = await tokens.RevokeAsync(await current.GetAsync(Gone), token.Id, Gone);
        _revoking = null;
        notifier.Say(revoked.IsDone ? GlyphState.Done : GlyphState.Failed, revoked.IsDone ? $"{token.Name} is revoked." : revoked.Message);
        await ReloadAsync();
    }
}
