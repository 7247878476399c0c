using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Home.Asks;

namespace ReleaseDashboard.Web.Api;

/// <summary>Which notice was read.</summary>
/// <param name="Id">One notice; null for all.</param>
public sealed record ReadNotices(Guid? Id);

/// <summary>How many notices were unread before.</summary>
public sealed record NoticesRead(int Count);

/// <summary>Something that waits for the reader.</summary>
/// <param name="IsYours">Asked of the reader; otherwise of the reader's team.</param>
/// <param name="Path">Where it is done, as a path of this dashboard.</param>
public sealed record AskSummary(Guid ReleaseId, string Project, string Version, string Step, bool IsYours, string Title, string Detail, DateTimeOffset Since, string Action, string Path);

/// <summary>All that is the reader's to do.</summary>
public sealed record MyWorkSummary(
    IReadOnlyList<AskSummary> Asks, IReadOnlyList<OpenQuestion> Questions, IReadOnlyList<OwnRelease> Releases, IReadOnlyList<OwnDraft> Drafts, IReadOnlyList<InboxItem> Mentions);

/// <summary>What the reader was told and has to do.</summary>
internal static class NotificationsApi
{
    public static void MapNotificationReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notifications", async (bool? unread, int? count, Inbox inbox, ApiPerson person, CancellationToken cancellationToken) =>
                await person.FindAsync(cancellationToken) is { } account
                    ? Results.Ok(await inbox.ListAsync(account.Id, unread ?? false, count ?? 50, cancellationToken))
                    : ApiPerson.Nobody)
            .ForSignedIn().Produces<IReadOnlyList<InboxItem>>().WithSummary("What you were told, newest first").WithTags("Notifications");
        routes.MapGet("/notifications/events", () => Results.Ok(NoticeKinds.All))
            .ForSignedIn().Produces<IReadOnlyList<NoticeKind>>().WithSummary("The kinds of notices that channels can carry").WithTags("Notifications");
        routes.MapGet("/follows", async (Follows follows, ProjectQueries projects, ApiPerson person, CancellationToken cancellationToken) =>
                await person.FindAsync(cancellationToken) is { } account
                    ? Results.Ok(await FollowedAsync(account.Id, follows, projects, cancellationToken))
                    : ApiPerson.Nobody)
            .ForSignedIn().Produces<IReadOnlyList<string>>().WithSummary("Names of the projects that you follow").WithTags("Notifications");
        routes.MapGet("/my-work", MyWorkAsync).ForSignedIn().Produces<MyWorkSummary>().WithSummary("Decisions, checklists, failed steps, questions, releases, drafts and mentions that are yours").WithTags("Notifications");
    }

    public static void MapNotificationWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/notifications/read", async (ReadNotices body, Inbox inbox, ApiPerson person, CancellationToken cancellationToken) =>
                await person.FindAsync(cancellationToken) is { } account
                    ? Results.Ok(new NoticesRead(await inbox.ReadAsync(account.Id, body.Id, cancellationToken)))
                    : ApiPerson.Nobody)
            .ForSignedIn().Produces<NoticesRead>().WithSummary("Mark one notice, or all, as read").WithTags("Notifications");
        routes.MapPut("/projects/{project}/follow", (string project, ProjectQueries projects, Follows follows, ApiPerson person, CurrentActor current, CancellationToken cancellationToken) =>
                FollowAsync(project, true, projects, follows, person, current, cancellationToken))
            .Needs(Permission.SeeProject, project: "project").Produces(204).WithSummary("Follow a project's releases").WithTags("Notifications");
        routes.MapDelete("/projects/{project}/follow", (string project, ProjectQueries projects, Follows follows, ApiPerson person, CurrentActor current, CancellationToken cancellationToken) =>
                FollowAsync(project, false, projects, follows, person, current, cancellationToken))
            .Needs(Permission.SeeProject, project: "project").Produces(204).WithSummary("Follow a project's releases no more").WithTags("Notifications");
    }

    private static async Task<IReadOnlyList<string>> FollowedAsync(Guid account, Follows follows, ProjectQueries projects, CancellationToken cancellationToken)
    {
        var followed = await follows.ListAsync(account, cancellationToken);
        return [.. (await projects.ListAsync(cancellationToken)).Select(summary => summary.Project).Where(project => followed.Contains(project.Id)).Select(project => project.Name)];
    }

    private static async Task<IResult> MyWorkAsync(AskReader asks, MyWorkQueries work, ApiPerson person, CurrentActor current, CancellationToken cancellationToken)
    {
        if (await person.FindAsync(cancellationToken) is not { } account)
            return ApiPerson.Nobody;
        var own = await work.ReadAsync(account.Id, account.Name, cancellationToken);
        var waiting = await asks.ReadAsync(await current.GetAsync(cancellationToken), cancellationToken);
        return Results.Ok(new MyWorkSummary(
            [.. waiting.Select(ask => new AskSummary(
                ask.ReleaseId, ask.Project, ask.Version, ask.StepKey, ask.IsYours, ask.Title, ask.Detail.Text + ask.Detail.Code + ask.Detail.After, ask.Since, ask.Action, ask.Href))],
            own.Questions, own.Releases, own.Drafts, own.Mentions));
    }

    private static async Task<IResult> FollowAsync(
        string project, bool follow, ProjectQueries projects, Follows follows, ApiPerson person, CurrentActor current, CancellationToken cancellationToken)
    {
        if (await person.FindAsync(cancellationToken) is not { } account)
            return ApiPerson.Nobody;
        if (await projects.FindAsync(project, cancellationToken) is not { } found)
            return ApiProblems.NotFound($"There is no project {project}.");
        var result = await follows.SetAsync(await current.GetAsync(cancellationToken), account.Id, found.Id, follow, cancellationToken);
        return result.IsDone ? Results.NoContent() : ApiProblems.Of(result);
    }
}
