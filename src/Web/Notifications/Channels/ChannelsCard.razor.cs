using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Notifications.Channels;

/// <summary>Channels of a person or a project: how they are doing, a test, changes. Each action asks again who may do it.</summary>
public sealed partial class ChannelsCard(CurrentActor current, ChannelActions actions, EmailConfirmations confirmations, ChannelTest test, NotificationOptions options, Notifier notifier)
{
    private Guid? _editing;
    private Guid? _busy;
    private HashSet<string> _events = [];
    private bool _enabled;
    private string? _fault;
    private string? _made;
    private ChannelSummary? _removing;
    private bool _asking;

    [Parameter, EditorRequired] public ChannelOwner Owner { get; set; } = default!;

    [Parameter, EditorRequired] public bool MayEdit { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<ChannelSummary> Channels { get; set; } = [];

    /// <summary>Whether e-mail can be sent here.</summary>
    [Parameter, EditorRequired] public bool HasMail { get; set; }

    /// <summary>The channel whose confirmation link led here, or null.</summary>
    [Parameter] public Guid? Linked { get; set; }

    /// <summary>The code in that link.</summary>
    [Parameter] public string? Code { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private void Edit(ChannelSummary channel)
    {
        _editing = _editing == channel.Id ? null : channel.Id;
        (_events, _enabled, _fault) = ([.. channel.Events], channel.IsEnabled, null);
    }

    private async Task<string?> AddAsync(ChannelDraft draft)
    {
        var added = await actions.AddAsync(await current.GetAsync(), Owner, draft, CancellationToken.None);
        if (!added.IsOk)
            return added.Error.Message;
        _made = added.Value.Key;
        notifier.Say(added.Value.Note is null ? GlyphState.Done : GlyphState.Warning, $"{draft.Name} is added. {added.Value.Note ?? "Send a test to see whether it gets through."}");
        await OnChanged.InvokeAsync();
        return null;
    }

    private async Task SaveAsync(ChannelSummary channel)
    {
        var changed = await actions.ChangeAsync(await current.GetAsync(), Owner, channel.Id, new ChannelDraft { Events = [.. _events], IsEnabled = _enabled }, CancellationToken.None);
        _fault = changed.Error?.Message;
        if (!changed.IsOk)
            return;
        _editing = null;
        notifier.Say(GlyphState.Done, $"{channel.Name} is changed.");
        await OnChanged.InvokeAsync();
    }

    private async Task TestAsync(ChannelSummary channel)
    {
        _busy = channel.Id;
        var sent = await test.RunAsync(await current.GetAsync(), Owner, channel.Id, CancellationToken.None);
        _busy = null;
        Say(sent, $"The test went out through {channel.Name}.");
        await OnChanged.InvokeAsync();
    }

    private async Task SendAgainAsync(ChannelSummary channel)
    {
        _busy = channel.Id;
        var sent = await confirmations.SendAgainAsync(await current.GetAsync(), Owner, channel.Id, CancellationToken.None);
        _busy = null;
        Say(sent, $"The link went to {channel.Target} again.");
        await OnChanged.InvokeAsync();
    }

    private async Task RemoveAsync(string reason)
    {
        if (_removing is not { } channel)
            return;
        _removing = null;
        Say(await actions.RemoveAsync(await current.GetAsync(), Owner, channel.Id, CancellationToken.None), $"{channel.Name} is removed.");
        await OnChanged.InvokeAsync();
    }

    private void Say(ActionResult result, string done) =>
        notifier.Say(result.IsDone ? GlyphState.Done : GlyphState.Failed, result.IsDone ? done : result.Message);
}
