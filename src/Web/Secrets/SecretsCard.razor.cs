using System.Globalization;
using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Components.Time;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Secrets;

/// <summary>The secrets of one project, and the form that stores one. Each action asks again who may do it.</summary>
public sealed partial class SecretsCard(StepUp stepUp, SecretActions secrets, BrowserTimeProvider clock, Notifier notifier)
{
    private string? _editing;
    private string _value = "";
    private string? _expires;
    private string _kinds = "";
    private string? _fault;
    private string? _removing;
    private bool _asking;

    [Parameter, EditorRequired] public Guid Project { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<SecretSummary> Stored { get; set; } = [];

    [Parameter, EditorRequired] public bool MayEdit { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private BrowserTimeProvider Clock => clock;

    private void Edit(string name, SecretSummary? stored)
    {
        // The day before the first moment when it is no longer valid.
        var last = stored?.ExpiresAt is { } at ? clock.ToLocal(at).AddMilliseconds(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        (_editing, _value, _expires, _kinds, _fault) = (name, "", last, string.Join(", ", stored?.StepKinds ?? []), null);
    }

    private async Task SaveAsync()
    {
        if (_editing is not { } name)
            return;
        var entry = new SecretEntry(
            name, _value.Length == 0 ? null : _value, DayText.End(DayText.Parse(_expires), clock),
            [.. _kinds.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
        _value = "";
        var stored = await stepUp.RunAsync(actor => secrets.StoreAsync(actor, Project, entry, CancellationToken.None), CancellationToken.None);
        _fault = stored.IsDone ? null : stored.Message;
        if (!stored.IsDone)
            return;
        _editing = null;
        var isShort = entry.Value is { } value && SecretMask.IsTooShort(value);
        notifier.Say(isShort ? GlyphState.Warning : GlyphState.Done, isShort ? $"{name} is stored, but it is too short to be hidden in logs. Use one of six characters or more." : $"{name} is stored.");
        await OnChanged.InvokeAsync();
    }

    private async Task RemoveAsync(string reason)
    {
        if (_removing is not { } name)
            return;
        _removing = null;
        var removed = await stepUp.RunAsync(actor => secrets.RemoveAsync(actor, Project, name, CancellationToken.None), CancellationToken.None);
        notifier.Say(removed.IsDone ? GlyphState.Done : GlyphState.Failed, removed.IsDone ? $"{name} is removed." : removed.Message);
        await OnChanged.InvokeAsync();
    }

    private GlyphState Glyph(SecretSummary? stored) => stored switch
    {
        null => GlyphState.Todo,
        { ExpiresAt: { } at } when at <= clock.GetUtcNow() => GlyphState.Failed,
        { ExpiresAt: { } at } when at <= clock.GetUtcNow() + SecretExpiry.Early => GlyphState.Warning,
        _ => GlyphState.Done,
    };
}
