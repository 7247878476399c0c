using System.CommandLine;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Web.CommandLine;

internal static class AccessVerbs
{
    public static Command Create()
    {
        var table = new Command("table", "Print who may do what: the table that everything is checked against.");
        table.SetAction(CommandRun.Action((run, _, _) =>
        {
            foreach (var rule in AccessTable.Rules)
                run.Say($"{PermissionNames.Of(rule.Permission),-24} {(rule.Scope == AccessScope.Project ? "project" : "everywhere"),-11} {RoleNames.Of(rule.AnyOf),-44} {rule.Means}");
            return Task.FromResult(0);
        }));
        return new Command("access", "Say who may do what in a project.") { List(), Set(), table };
    }

    private static Command List()
    {
        var project = new Argument<string>("project") { Description = "Short name of the project." };
        var list = new Command("list", "List who has which role in a project.") { project };
        list.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<ProjectQueries>().FindAsync(parse.GetValue(project)!, cancellationToken) is not { } found)
                return run.Fail($"There is no project {parse.GetValue(project)}.");
            foreach (var entry in await run.Get<ProjectAccess>().ListAsync(found.Id, cancellationToken))
                run.Say($"{(entry.IsGroup ? "group" : "user"),-6} {entry.Name,-24} {RoleNames.Of(entry.Roles)}");
            return 0;
        }));
        return list;
    }

    private static Command Set()
    {
        var project = new Argument<string>("project") { Description = "Short name of the project." };
        var roles = new Argument<string>("roles") { Description = "viewer, maintainer, reviewer, administrator; several with commas; none takes them away." };
        var user = new Option<string?>("--user") { Description = "The person who gets them." };
        var group = new Option<string?>("--group") { Description = "The group that gets them." };
        var set = new Command("set", "Give a person or a group roles in a project, in place of those before.") { project, roles, user, group };
        set.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var (person, several) = (parse.GetValue(user), parse.GetValue(group));
            if (person is null == several is null)
                return run.Fail("Give either --user or --group.");
            var text = parse.GetValue(roles)!;
            var unknown = "";
            if ((text == "none" ? Roles.None : RoleNames.Parse(text, out unknown)) is not { } parsed)
                return run.Fail($"There is no role '{unknown}'.");
            if (await run.Get<ProjectQueries>().FindAsync(parse.GetValue(project)!, cancellationToken) is not { } found)
                return run.Fail($"There is no project {parse.GetValue(project)}.");
            var result = await run.Get<ProjectAccess>().SetAsync(Actor.System, found.Id, person ?? several!, several is not null, parsed, cancellationToken);
            return run.Report(result, $"{person ?? several} is now {RoleNames.Of(parsed)} in {found.Name}.");
        }));
        return set;
    }
}
