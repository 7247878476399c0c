using System.Globalization;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// Keeps in the audit trail who was turned away at the door while changing a secret, a channel or a step. Further in the actions themselves
/// do so; reading, and what changes nothing that is worth stealing, is not kept.
/// </summary>
public sealed class RefusedAtDoor(ProjectLookup projects, RefusalTrail refusals)
{
    /// <summary>Notes the refusal where it is one to keep.</summary>
    public async Task NoteAsync(HttpContext http, Actor actor, NeedsAttribute needs, Refusal refusal)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || ActionOf(needs.Permission) is not { } action)
            return;
        if (needs.Release is { } release)
        {
            await NoteStepAsync(http, actor, action, Value(http, release), refusal);
            return;
        }
        var name = needs.Project is { } key ? Value(http, key) : "";
        // Asked for again, although who was refused may not know that it exists: the trail's readers may.
        var project = await projects.FindAsync(name, CancellationToken.None);
        var subject = action == RefusedCall.OfSecret
            ? Value(http, "name") is var secret && SecretName.All.Contains(secret) ? secret : "of an unknown name"
            : project is null ? "an unknown project" : name;
        await refusals.NoteAsync(RefusedCall.Of(actor, action, project, subject, refusal));
    }

    private async Task NoteStepAsync(HttpContext http, Actor actor, string action, string release, Refusal refusal)
    {
        var found = Guid.TryParse(release, CultureInfo.InvariantCulture, out var id) ? await projects.OfStepAsync(id, Value(http, "key"), CancellationToken.None) : null;
        await refusals.NoteAsync(RefusedCall.Of(actor, action, found?.Project, found is { } step ? RefusedCall.StepSubject(step.Version, step.Key) : RefusedCall.UnknownRelease, refusal));
    }

    private static string? ActionOf(Permission permission) => permission switch
    {
        Permission.ManageSecrets => RefusedCall.OfSecret,
        Permission.ManageProjectChannels => RefusedCall.OfChannel,
        Permission.Decide => RefusedCall.OfApproval,
        Permission.ActOnStep or Permission.Tick or Permission.Comment => RefusedCall.OfStep,
        _ => null,
    };

    private static string Value(HttpContext http, string name) => Convert.ToString(http.GetRouteValue(name), CultureInfo.InvariantCulture) ?? "";
}
