using System.CommandLine;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Web.CommandLine;

internal static class GroupVerbs
{
    public static Command Create()
    {
        var description = new Option<string?>("--description") { Description = "What it is for." };
        var add = new Command("add", "Add a group.") { Group(), description };
        Act(add, (groups, parse, end) => groups.CreateAsync(Actor.System, Name(parse), parse.GetValue(description), end), name => $"Added {name}.");
        var to = new Argument<string>("to") { Description = "The new name." };
        var rename = new Command("rename", "Rename a group; playbooks that name it have to follow.") { Group(), to, description };
        Act(rename, (groups, parse, end) => groups.UpdateAsync(Actor.System, Name(parse), parse.GetValue(to)!, parse.GetValue(description), end), name => $"Renamed {name}.");
        var delete = new Command("delete", "Remove a group and what it may do in projects.") { Group() };
        Act(delete, (groups, parse, end) => groups.DeleteAsync(Actor.System, Name(parse), end), name => $"Deleted {name}.");
        var person = new Argument<string>("person") { Description = "Sign-in name." };
        var join = new Command("join", "Put a person into a group.") { Group(), person };
        Act(join, (groups, parse, end) => groups.AddMemberAsync(Actor.System, Name(parse), parse.GetValue(person)!, end), name => $"Added to {name}.");
        var leave = new Command("leave", "Take a person out of a group; the person's sessions end.") { Group(), person };
        Act(leave, (groups, parse, end) => groups.RemoveMemberAsync(Actor.System, Name(parse), parse.GetValue(person)!, end), name => $"Taken out of {name}.");
        var list = new Command("list", "List groups with their members.");
        list.SetAction(CommandRun.Action(async (run, _, cancellationToken) =>
        {
            foreach (var group in await run.Get<Groups>().ListAsync(cancellationToken))
                run.Say($"{group.Name,-24} {string.Join(", ", group.Members)}");
            return 0;
        }));
        return new Command("group", "Manage groups of people.") { add, rename, delete, join, leave, list };
    }

    private static Argument<string> Group() => new("group") { Description = "Name of the group." };

    private static string Name(ParseResult parse) => parse.GetValue<string>("group")!;

    private static void Act(Command command, Func<Groups, ParseResult, CancellationToken, Task<ActionResult>> act, Func<string, string> done) =>
        command.SetAction(CommandRun.Action(async (run, parse, cancellationToken) => run.Report(await act(run.Get<Groups>(), parse, cancellationToken), done(Name(parse)))));
}
