using System.CommandLine;
using System.Globalization;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.CommandLine;

internal static class UserVerbs
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Sign-in name." };
        var display = new Option<string?>("--display-name") { Description = "Name as others see it." };
        var roles = new Option<string>("--roles") { Description = "viewer, maintainer, reviewer, administrator; several with commas.", DefaultValueFactory = _ => "viewer" };
        var add = new Command("add", "Add a person; the password is read from the first line of standard input.") { name, display, roles };
        add.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (RoleNames.Parse(parse.GetValue(roles)!, out var unknown) is not { } parsed)
                return run.Fail($"There is no role '{unknown}'.");
            var password = await StandardInput.ReadLineAsync("Password: ", cancellationToken);
            var given = parse.GetValue(name)!;
            return run.Report(await run.Get<Accounts>().CreateAsync(Actor.System, given, parse.GetValue(display), password, parsed, cancellationToken), $"Added {given}.");
        }));
        var list = new Command("list", "List people.");
        list.SetAction(CommandRun.Action(async (run, _, cancellationToken) =>
        {
            foreach (var account in await run.Get<AccountQueries>().ListAsync(cancellationToken))
                run.Say($"{account.Name,-24} {RoleNames.Of(account.Roles),-44} {(account.IsDisabled ? "disabled" : account.IsPersona ? "persona" : "active")}");
            return 0;
        }));
        var disabled = new Argument<string>("name") { Description = "Sign-in name." };
        var disable = new Command("disable", "Disable a person: sessions and tokens end at once.") { disabled };
        disable.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            run.Report(await run.Get<Accounts>().SetDisabledAsync(Actor.System, parse.GetValue(disabled)!, disabled: true, cancellationToken), $"Disabled {parse.GetValue(disabled)}.")));
        return new Command("user", "Manage people.") { add, list, CreateRoles(), disable, CreateEnable(), CreatePassword(), CreateGitHub(), CreateSessions(), CreateSignOut() };
    }

    private static Command CreateEnable()
    {
        var name = new Argument<string>("name") { Description = "Sign-in name." };
        var enable = new Command("enable", "Let a disabled person in again.") { name };
        enable.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            run.Report(await run.Get<Accounts>().SetDisabledAsync(Actor.System, parse.GetValue(name)!, disabled: false, cancellationToken), $"{parse.GetValue(name)} can sign in again.")));
        return enable;
    }

    private static Command CreatePassword()
    {
        var name = new Argument<string>("name") { Description = "Sign-in name." };
        var password = new Command("password", "Set another password, read from the first line of standard input; sessions end.") { name };
        password.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var text = await StandardInput.ReadLineAsync("Password: ", cancellationToken);
            return run.Report(await run.Get<Accounts>().SetPasswordAsync(Actor.System, parse.GetValue(name)!, text, cancellationToken), $"The password of {parse.GetValue(name)} is set.");
        }));
        return password;
    }

    private static Command CreateGitHub()
    {
        var name = new Argument<string>("name") { Description = "Sign-in name." };
        var login = new Argument<string>("login") { Description = "The person's login at GitHub, or none." };
        var gitHub = new Command("github", "Say whom GitHub knows the person as, for authors and reviewers.") { name, login };
        gitHub.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var text = parse.GetValue(login) == "none" ? null : parse.GetValue(login);
            return run.Report(await run.Get<Accounts>().SetGitHubLoginAsync(Actor.System, parse.GetValue(name)!, text, cancellationToken), $"{parse.GetValue(name)} is {text ?? "nobody"} at GitHub.");
        }));
        return gitHub;
    }

    private static Command CreateSignOut()
    {
        var name = new Argument<string>("name") { Description = "Sign-in name." };
        var signOut = new Command("sign-out", "End all sessions of a person.") { name };
        signOut.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            run.Report(await run.Get<Sessions>().EndAllAsync(Actor.System, parse.GetValue(name)!, null, cancellationToken), $"{parse.GetValue(name)} is signed out everywhere.")));
        return signOut;
    }

    private static Command CreateSessions()
    {
        var name = new Argument<string>("name") { Description = "Sign-in name." };
        var sessions = new Command("sessions", "List the open sessions of a person, the newest first.") { name };
        sessions.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            foreach (var session in await run.Get<Sessions>().ListAsync(Actor.System, parse.GetValue(name)!, cancellationToken))
                run.Say($"{session.Id}  {session.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}  {session.Address,-40} {session.Browser}");
            return 0;
        }));
        return sessions;
    }

    private static Command CreateRoles()
    {
        var name = new Argument<string>("name") { Description = "Sign-in name." };
        var roles = new Argument<string>("roles") { Description = "viewer, maintainer, reviewer, administrator; several with commas." };
        var change = new Command("roles", "Say what a person may do, in place of what was before.") { name, roles };
        change.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            RoleNames.Parse(parse.GetValue(roles)!, out var unknown) is { } parsed
                ? run.Report(await run.Get<Accounts>().SetRolesAsync(Actor.System, parse.GetValue(name)!, parsed, cancellationToken), $"{parse.GetValue(name)} is now {RoleNames.Of(parsed)}.")
                : run.Fail($"There is no role '{unknown}'.")));
        return change;
    }
}
