using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Api;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// The door: judges by the table of access, before anything of it runs, every request and every page that a circuit opens.
/// Actions judge again.
/// </summary>
public sealed partial class AccessGate(ProjectLookup projects, RefusedAtDoor turnedAway, ILogger<AccessGate> logger)
{
    /// <summary>Why the actor may not come in, or null. What belongs to a project that the actor may not see is not there.</summary>
    public async Task<ActionResult?> JudgeAsync(Actor actor, NeedsAttribute needs, IReadOnlyDictionary<string, object?> route, CancellationToken cancellationToken)
    {
        // Who may do it everywhere need not be asked where; that there is no such project is then said by who looks for it.
        if (actor.May(needs.Permission))
            return null;
        if (needs.Project is null && needs.Release is null)
            return actor.MaySomewhere(needs.Permission) ? null : Refused(actor, needs.Permission);
        var project = needs.Project is { } name
            ? await projects.FindAsync(Value(route, name), cancellationToken)
            : Guid.TryParse(Value(route, needs.Release!), CultureInfo.InvariantCulture, out var release) ? await projects.OfReleaseAsync(release, cancellationToken) : null;
        // Who sees every project learns nothing from a refusal; the others are told the same about what they may not see and what is not there.
        if (project is null && actor.May(Permission.SeeProject))
            return Refused(actor, needs.Permission);
        if (project is not { } id || !actor.May(Permission.SeeProject, id))
            return ActionResult.Refused(Refusal.NotFound, needs.Project is null ? "There is no such release." : "There is no such project.");
        return actor.May(needs.Permission, id) ? null : Refused(actor, needs.Permission);
    }

    /// <summary>The step of a request between authorization and its endpoint.</summary>
    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        // Nobody is signed in: authorization has let it pass because it is for everybody.
        if (endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(http);
            return;
        }
        if (await WhyNotAsync(http, endpoint) is not { } refused)
        {
            await next(http);
            return;
        }
        if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            // The page's frame says it, see AccessView: the browser gets an address bar and a way on.
            http.Response.StatusCode = ApiProblems.StatusOf(refused.Refusal!.Value);
            await next(http);
            return;
        }
        await ApiProblems.Of(refused).ExecuteAsync(http);
    }

    private async Task<ActionResult?> WhyNotAsync(HttpContext http, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<NeedsAttribute>() is { } needs)
        {
            var actor = http.Features.Get<TokenOwner>()?.Actor ?? http.Features.Get<SessionOwner>()?.Actor ?? Actor.Person("nobody", Roles.None);
            var judged = await JudgeAsync(actor, needs, http.Request.RouteValues, http.RequestAborted);
            if (judged?.Refusal is { } refusal)
                await turnedAway.NoteAsync(http, actor, needs, refusal);
            return judged;
        }
        if (endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null)
            return null;
        Log.Undeclared(logger, endpoint.DisplayName ?? "unnamed");
        return ActionResult.Refused(Refusal.NotAllowed, "Nobody has said who may come in here.");
    }

    private static ActionResult Refused(Actor actor, Permission permission) => ActionResult.Refused(Refusal.NotAllowed, Access.Words(actor, permission));

    private static string Value(IReadOnlyDictionary<string, object?> route, string name) =>
        route.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture)! : "";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Endpoint} does not say who may use it, so it is refused.")]
        public static partial void Undeclared(ILogger logger, string endpoint);
    }
}
