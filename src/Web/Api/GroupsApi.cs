using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>A group to add, or what it is to be.</summary>
public sealed record GroupText(string? Name, string? Description);

internal static class GroupsApi
{
    public static void MapGroupReads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/groups", (Groups groups, CancellationToken cancellationToken) => groups.ListAsync(cancellationToken))
            .Needs(Permission.ManagePeople).WithSummary("All groups with their members").WithTags("People");

    public static void MapGroupWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/groups", (GroupText body, Call call) => call.RunAsync((groups, actor, end) => groups.CreateAsync(actor, body.Name ?? "", body.Description, end)))
            .Needs(Permission.ManagePeople).Produces(204).WithSummary("Add a group").WithTags("People");
        routes.MapPut("/groups/{group}", (string group, GroupText body, Call call) => call.RunAsync((groups, actor, end) => groups.UpdateAsync(actor, group, body.Name ?? group, body.Description, end)))
            .Needs(Permission.ManagePeople).Produces(204).WithSummary("Rename or describe a group").WithTags("People");
        routes.MapDelete("/groups/{group}", (string group, Call call) => call.RunAsync((groups, actor, end) => groups.DeleteAsync(actor, group, end)))
            .Needs(Permission.ManagePeople).Produces(204).WithSummary("Remove a group and what it may do in projects").WithTags("People");
        routes.MapPut("/groups/{group}/members/{user}", (string group, string user, Call call) => call.RunAsync((groups, actor, end) => groups.AddMemberAsync(actor, group, user, end)))
            .Needs(Permission.ManagePeople).Produces(204).WithSummary("Put a person into a group").WithTags("People");
        routes.MapDelete("/groups/{group}/members/{user}", (string group, string user, Call call) => call.RunAsync((groups, actor, end) => groups.RemoveMemberAsync(actor, group, user, end)))
            .Needs(Permission.ManagePeople).Produces(204).WithSummary("Take a person out of a group; the person's sessions end").WithTags("People");
    }

    /// <summary>Who calls, and the answer without content.</summary>
    internal sealed record Call(CurrentActor Actor, Groups Groups, CancellationToken Aborted)
    {
        // Minimal APIs bind by this method; the parts are services.
        public static ValueTask<Call> BindAsync(HttpContext http) => new(
            new Call(http.RequestServices.GetRequiredService<CurrentActor>(), http.RequestServices.GetRequiredService<Groups>(), http.RequestAborted));

        public async Task<IResult> RunAsync(Func<Groups, Actor, CancellationToken, Task<ActionResult>> act) => PeopleApi.Empty(await act(Groups, await Actor.GetAsync(Aborted), Aborted));
    }
}
