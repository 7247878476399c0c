using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

internal static class ChannelRefusals
{
    /// <summary>Keeps in the audit trail that a change of somebody's channels was refused; hands the result on.</summary>
    public static Task<ActionResult> NoteAsync(this RefusalTrail refusals, Actor actor, ChannelOwner owner, ActionResult result) => owner switch
    {
        ChannelOwner.Project project => refusals.NoteAsync(actor, RefusedCall.OfChannel, project.Id, project.Name, result),
        ChannelOwner.Person person => refusals.NoteAsync(actor, RefusedCall.OfChannel, null, person.Name, result),
        _ => throw new InvalidOperationException($"Unknown owner {owner}."),
    };
}
