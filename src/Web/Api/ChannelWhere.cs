using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>Whose channels an address means: a project's where its route names one, else the caller's.</summary>
internal sealed class ChannelWhere(IHttpContextAccessor http, ApiPerson person, CurrentActor current, ProjectQueries projects)
{
    public async Task<Found> FindAsync(CancellationToken cancellationToken)
    {
        if (http.HttpContext!.GetRouteValue("project") is string name)
        {
            if (await projects.FindAsync(name, cancellationToken) is { } project)
                return new Found(new ChannelOwner.Project(project.Id, project.Name), null);
            // Who could not change one anyway is not told which projects there are.
            var isRead = HttpMethods.IsGet(http.HttpContext!.Request.Method);
            return new Found(null, isRead || (await current.GetAsync(cancellationToken)).May(Permission.ManageProjectChannels)
                ? ApiProblems.NotFound($"There is no project {name}.")
                : Results.Problem("Changing a project's channels needs the role administrator or maintainer.", statusCode: StatusCodes.Status403Forbidden));
        }
        return await person.FindAsync(cancellationToken) is { } account ? new Found(new ChannelOwner.Person(account.Id, account.Name), null) : new Found(null, ApiPerson.Nobody);
    }

    /// <param name="Owner">Null when there is a problem.</param>
    public sealed record Found(ChannelOwner? Owner, IResult? Problem)
    {
        public bool MayRead(Actor actor) => Owner is not ChannelOwner.Project project || actor.May(Permission.SeeProject, project.Id);
    }
}
