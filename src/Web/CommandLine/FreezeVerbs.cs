using System.CommandLine;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Web.CommandLine;

internal static class FreezeVerbs
{
    public static Command Create() => new("freeze", "Freeze releases: nothing is published meanwhile.") { List(), Add(), Lift(), Pass() };

    private static Command List()
    {
        var project = new Option<string?>("--project") { Description = "Only what concerns this project." };
        var list = new Command("list", "List freezes: in force, to come, over.") { project };
        list.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var (known, id) = await ProjectAsync(run, parse.GetValue(project), cancellationToken);
            if (!known)
                return 1;
            foreach (var freeze in await run.Get<FreezeQueries>().ListAsync(id, cancellationToken))
                run.Say($"{freeze.Id}  {freeze.Project ?? "all projects",-28} {(freeze.IsInForce ? "in force" : freeze.IsOver ? "over" : "to come"),-10} {freeze.From:u} to {((freeze.LiftedAt ?? freeze.Until) is { } end ? $"{end:u}" : "lifted")}  {freeze.Reason}{(freeze.LiftedBy is { } by ? $"  (lifted by {by}: {freeze.LiftReason})" : "")}");
            return 0;
        }));
        return list;
    }

    private static Command Add()
    {
        var project = new Option<string?>("--project") { Description = "The project; without it all of them." };
        var reason = new Option<string>("--reason") { Description = "Why; everybody who waits reads it.", Required = true };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Beginning, such as 2026-12-20T18:00Z; now without it." };
        var until = new Option<DateTimeOffset?>("--until") { Description = "End; without it locked until lifted." };
        var add = new Command("add", "Freeze a project's releases, or all.") { project, reason, from, until, UserOption.Create("Who freezes.") };
        add.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var (known, id) = await ProjectAsync(run, parse.GetValue(project), cancellationToken);
            if (!known || await UserOption.ReadAsync(run, parse, cancellationToken) is not { } actor)
                return 1;
            var (made, result) = await run.Get<CreateFreeze>().RunAsync(actor, new NewFreeze(id, parse.GetValue(reason), parse.GetValue(from), parse.GetValue(until)), cancellationToken);
            return run.Report(result, $"{made}");
        }));
        return add;
    }

    private static Command Lift()
    {
        var id = new Argument<Guid>("id") { Description = "The freeze's id." };
        var reason = new Option<string>("--reason") { Description = "Why; kept with the freeze.", Required = true };
        var lift = new Command("lift", "End a freeze before its end.") { id, reason, UserOption.Create("Who lifts it.") };
        lift.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            await UserOption.ReadAsync(run, parse, cancellationToken) is { } actor
                ? run.Report(await run.Get<LiftFreeze>().RunAsync(actor, parse.GetValue(id), parse.GetValue(reason), cancellationToken), "Lifted.")
                : 1));
        return lift;
    }

    private static Command Pass()
    {
        var release = new Argument<Guid>("release") { Description = "The release's id." };
        var reason = new Option<string>("--reason") { Description = "Why; kept with the release.", Required = true };
        var pass = new Command("override", "Let one release publish in spite of the freezes in force.") { release, reason, UserOption.Create("The administrator who lets it pass.") };
        pass.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            await UserOption.ReadAsync(run, parse, cancellationToken) is { } actor
                ? run.Report(await run.Get<OverrideFreeze>().RunAsync(actor, parse.GetValue(release), parse.GetValue(reason), cancellationToken), "The release may pass.")
                : 1));
        return pass;
    }

    /// <summary>The project's id, null for all; not known after saying that there is none of that name.</summary>
    private static async Task<(bool Known, Guid? Id)> ProjectAsync(CommandRun run, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
            return (true, null);
        if (await run.Get<ProjectQueries>().FindAsync(name, cancellationToken) is { } project)
            return (true, project.Id);
        run.Fail($"There is no project {name}.");
        return (false, null);
    }
}
