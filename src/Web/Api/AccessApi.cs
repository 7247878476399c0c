using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>One line of the table of who may do what.</summary>
/// <param name="Permission">Its name, which is also the scope of a token.</param>
/// <param name="Roles">One of these is enough.</param>
/// <param name="Scope"><c>project</c>: by a role everywhere or in the project; <c>everywhere</c>: by a role everywhere only.</param>
/// <param name="Confirmed">Whether a person has to have proved lately who they are.</param>
public sealed record AccessLine(string Permission, string Means, IReadOnlyList<string> Roles, string Scope, bool Confirmed);

/// <summary>Roles of a person or group in a project; none takes them away.</summary>
public sealed record NewAccess(IReadOnlyList<string>? Roles);

/// <summary>Who is calling.</summary>
/// <param name="Kind"><c>person</c> or <c>token</c>.</param>
/// <param name="Projects">Roles in single projects, by the project's name.</param>
/// <param name="Scopes">What the token is limited to; null for no limit.</param>
public sealed record MeAnswer(
    string Name, string Kind, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Projects, IReadOnlyList<string>? Scopes, Guid? OnlyProject);

/// <param name="Group">Whether the name is that of a group.</param>
public sealed record AccessEntryAnswer(string Name, bool Group, IReadOnlyList<string> Roles);

internal static class AccessApi
{
    public static void MapAccessReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access", () => AccessTable.Rules.Select(rule =>
                new AccessLine(PermissionNames.Of(rule.Permission), rule.Means, RoleNames.List(rule.AnyOf), rule.Scope == AccessScope.Project ? "project" : "everywhere", rule.Confirmed)))
            .ForSignedIn().Produces<IReadOnlyList<AccessLine>>().WithSummary("The table of who may do what").WithTags("People");
        routes.MapGet("/me", MeAsync).ForSignedIn().Produces<MeAnswer>().WithSummary("Who is calling, and with which roles").WithTags("People");
        routes.MapGet("/projects/{name}/access", async (string name, ProjectQueries projects, ProjectAccess access, CancellationToken cancellationToken) =>
                await projects.FindAsync(name, cancellationToken) is { } project
                    ? Results.Ok((await access.ListAsync(project.Id, cancellationToken)).Select(entry => new AccessEntryAnswer(entry.Name, entry.IsGroup, RoleNames.List(entry.Roles))))
                    : ApiProblems.NotFound($"There is no project {name}."))
            .Needs(Permission.SeeProject, project: "name").Produces<IReadOnlyList<AccessEntryAnswer>>().WithSummary("Who has which role in a project").WithTags("People");
    }

    public static void MapAccessWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/projects/{name}/access/users/{user}", (string name, string user, NewAccess body, ProjectQueries projects, ProjectAccess access, CurrentActor actor, CancellationToken cancellationToken) =>
                SetAsync(name, user, isGroup: false, body, projects, access, actor, cancellationToken))
            .Needs(Permission.ManageProjectAccess, project: "name").Produces(204).WithSummary("Give a person roles in a project, in place of those before").WithTags("People");
        routes.MapPut("/projects/{name}/access/groups/{group}", (string name, string group, NewAccess body, ProjectQueries projects, ProjectAccess access, CurrentActor actor, CancellationToken cancellationToken) =>
                SetAsync(name, group, isGroup: true, body, projects, access, actor, cancellationToken))
            .Needs(Permission.ManageProjectAccess, project: "name").Produces(204).WithSummary("Give a group roles in a project, in place of those before").WithTags("People");
    }

    private static async Task<IResult> SetAsync(
        string project, string subject, bool isGroup, NewAccess body, ProjectQueries projects, ProjectAccess access, CurrentActor actor, CancellationToken cancellationToken)
    {
        if (RoleList.Read(body.Roles, out var problem) is not { } roles)
            return problem;
        return await projects.FindAsync(project, cancellationToken) is { } found
            ? PeopleApi.Empty(await access.SetAsync(await actor.GetAsync(cancellationToken), found.Id, subject, isGroup, roles, cancellationToken))
            : ApiProblems.NotFound($"There is no project {project}.");
    }

    private static async Task<MeAnswer> MeAsync(CurrentActor current, ProjectLookup projects, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        var names = await projects.NamesAsync([.. actor.ProjectRoles.Keys], cancellationToken);
        return new MeAnswer(
            actor.Name, actor.Kind, RoleNames.List(actor.Roles), actor.Groups, names.ToDictionary(name => name.Value, name => RoleNames.List(actor.ProjectRoles[name.Key])),
            actor.Scopes?.Order().Select(PermissionNames.Of).ToList(), actor.OnlyProject);
    }
}
