using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Notifications.Channels;

/// <summary>How channels are shown.</summary>
internal static class ChannelLook
{
    public static string Name(ChannelKind kind) => kind switch
    {
        ChannelKind.Email => "E-mail",
        ChannelKind.Webhook => "Webhook",
        _ => kind.ToString(),
    };

    public static GlyphState Glyph(ChannelSummary channel) => channel switch
    {
        { IsEnabled: false } => GlyphState.Skipped,
        { Unconfirmed: not null } => GlyphState.Warning,
        { FailingSince: not null } => GlyphState.Failed,
        { DeliveredAt: not null } => GlyphState.Done,
        _ => GlyphState.Todo,
    };

    public static string Events(IReadOnlyList<string> chosen, bool ofPerson)
    {
        var offered = NoticeKinds.Offered(ofPerson).Count;
        return chosen.Count == offered ? "Every event" : $"{chosen.Count} of {offered} events";
    }
}
