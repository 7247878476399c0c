using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>Channels of the reader (<c>/channels</c>) and of a project (<c>/projects/{project}/channels</c>).</summary>
internal static class ChannelsApi
{
    private const string Own = "/channels";
    private const string OfProject = "/projects/{project}/channels";

    public static void MapChannelReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Own, ListAsync).ForSignedIn().Produces<IReadOnlyList<ChannelSummary>>().WithSummary("Your channels and how they are doing, never their secrets").WithTags("Channels");
        routes.MapGet(OfProject, ListAsync).Needs(Permission.SeeProject, project: "project").Produces<IReadOnlyList<ChannelSummary>>().WithSummary("A project's channels").WithTags("Channels");
    }

    public static void MapChannelWrites(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, whose) in new[] { (Own, "your"), (OfProject, "a project's") })
        {
            Guard(routes.MapPost(path, AddAsync), path).Produces<ChannelMade>(201).WithSummary($"Add one of {whose} channels")
                .WithDescription("kind is email, slack, discord, matrix or webhook. A signing key that is made for a webhook is in the answer, this once. To an e-mail address a message with a "
                    + "link goes at once, and nothing else before the address is confirmed with it; note in the answer says so, and unconfirmed in the list.").WithTags("Channels");
            Guard(routes.MapPatch(path + "/{id:guid}", ChangeAsync), path).Produces<ChannelMade>().WithSummary($"Change one of {whose} channels").WithTags("Channels");
            Guard(routes.MapDelete(path + "/{id:guid}", RemoveAsync), path).Produces(204).WithSummary($"Remove one of {whose} channels").WithTags("Channels");
            Guard(routes.MapPost(path + "/{id:guid}/confirmation", SendAgainAsync), path).Produces(204).WithSummary($"Send the confirmation message to one of {whose} e-mail addresses again")
                .WithDescription($"At most {EmailConfirmations.MostAnHour} messages an hour.").WithTags("Channels");
            Guard(routes.MapPut(path + "/{id:guid}/confirmation", ConfirmAsync), path).Produces(204).WithSummary($"Confirm one of {whose} e-mail addresses with the code of the message")
                .WithDescription("The code stands at the end of the message's link. It counts once, and for 24 hours.").WithTags("Channels");
            Guard(routes.MapPost(path + "/{id:guid}/test", TestAsync), path).Produces(204).WithSummary($"Send a test through one of {whose} channels").WithTags("Channels");
        }
    }

    private static RouteHandlerBuilder Guard(RouteHandlerBuilder endpoint, string path) =>
        path == Own ? endpoint.ForSignedIn() : endpoint.Needs(Permission.ManageProjectChannels, project: "project");

    private static async Task<IResult> ListAsync(ChannelWhere where, ChannelQueries channels, CurrentActor current, CancellationToken cancellationToken)
    {
        var found = await where.FindAsync(cancellationToken);
        if (found.Owner is not { } owner)
            return found.Problem!;
        return found.MayRead(await current.GetAsync(cancellationToken)) ? Results.Ok(await channels.ListAsync(owner, cancellationToken)) : ApiProblems.NotFound("There is no such project.");
    }

    private static async Task<IResult> AddAsync(ChannelWhere where, ChannelDraft body, ChannelActions actions, CurrentActor current, CancellationToken cancellationToken)
    {
        var found = await where.FindAsync(cancellationToken);
        if (found.Owner is not { } owner)
            return found.Problem!;
        var made = await actions.AddAsync(await current.GetAsync(cancellationToken), owner, body, cancellationToken);
        return made.IsOk ? Results.Json(made.Value, statusCode: StatusCodes.Status201Created) : ApiProblems.Of(made.Error);
    }

    private static async Task<IResult> ChangeAsync(ChannelWhere where, Guid id, ChannelDraft body, ChannelActions actions, CurrentActor current, CancellationToken cancellationToken)
    {
        var found = await where.FindAsync(cancellationToken);
        if (found.Owner is not { } owner)
            return found.Problem!;
        var changed = await actions.ChangeAsync(await current.GetAsync(cancellationToken), owner, id, body, cancellationToken);
        return changed.IsOk ? Results.Ok(changed.Value) : ApiProblems.Of(changed.Error);
    }

    private static Task<IResult> RemoveAsync(ChannelWhere where, Guid id, ChannelActions actions, CurrentActor current, CancellationToken cancellationToken) =>
        RunAsync(where, async owner => await actions.RemoveAsync(await current.GetAsync(cancellationToken), owner, id, cancellationToken), cancellationToken);

    private static Task<IResult> SendAgainAsync(ChannelWhere where, Guid id, EmailConfirmations confirmations, CurrentActor current, CancellationToken cancellationToken) =>
        RunAsync(where, async owner => await confirmations.SendAgainAsync(await current.GetAsync(cancellationToken), owner, id, cancellationToken), cancellationToken);

    private static Task<IResult> ConfirmAsync(ChannelWhere where, Guid id, ConfirmationCode body, EmailConfirmations confirmations, CurrentActor current, CancellationToken cancellationToken) =>
        RunAsync(where, async owner => await confirmations.ConfirmAsync(await current.GetAsync(cancellationToken), owner, id, body.Code ?? "", cancellationToken), cancellationToken);

    private static Task<IResult> TestAsync(ChannelWhere where, Guid id, ChannelTest test, CurrentActor current, CancellationToken cancellationToken) =>
        RunAsync(where, async owner => await test.RunAsync(await current.GetAsync(cancellationToken), owner, id, cancellationToken), cancellationToken);

    private static async Task<IResult> RunAsync(ChannelWhere where, Func<ChannelOwner, Task<ActionResult>> act, CancellationToken cancellationToken)
    {
        var found = await where.FindAsync(cancellationToken);
        if (found.Owner is not { } owner)
            return found.Problem!;
        var result = await act(owner);
        return result.IsDone ? Results.NoContent() : ApiProblems.Of(result);
    }
}

/// <param name="Code">The end of the link in the confirmation message.</param>
public sealed record ConfirmationCode(string? Code);
