using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Web.Api;

/// <summary>Whose channels an address means: a project's where its route names one, else the caller's.</summary>
internal sealed class ChannelWhere(IHttpContextAccessor http, ApiPerson person, ProjectQueries projects)
{
    public async Task<Found> FindAsync(CancellationToken cancellationToken)
    {
        if (http.HttpContext!.GetRouteValue("project") is string name)
        {
            return await projects.FindAsync(name, cancellationToken) is { } project
                ? new Found(new ChannelOwner.Project(project.Id, project.Name), null)
                : new Found(null, ApiProblems.NotFound($"There is no project {name}."));
        }
        return await person.FindAsync(cancellationToken) is { } account ? new Found(new ChannelOwner.Person(account.Id, account.Name), null) : new Found(null, ApiPerson.Nobody);
    }

    /// <param name="Owner">Null when there is a problem.</param>
    public sealed record Found(ChannelOwner? Owner, IResult? Problem)
    {
        public bool MayRead(Actor actor) => Owner is not ChannelOwner.Project project || actor.May(Permission.SeeProject, project.Id);
    }
}
