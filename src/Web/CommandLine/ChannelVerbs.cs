using System.CommandLine;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Web.CommandLine;

internal static class ChannelVerbs
{
    private static readonly Option<string?> User = new("--user") { Description = "Whose channel it is." };
    private static readonly Option<string?> Project = new("--project") { Description = "The project that it belongs to, instead of a person." };
    private static readonly Argument<Guid> Id = new("id") { Description = "The channel's id, from 'channel list'." };

    public static Command Create() => new("channel", "Manage the ways people are told: e-mail, chats and webhooks of a person or a project.") { Add(), List(), SendConfirmation(), Confirm(), Test(), Switch("on", true), Switch("off", false), Remove() };

    private static Command Add()
    {
        var kind = new Argument<ChannelKind>("kind") { Description = "email, slack, discord, matrix or webhook." };
        var name = new Argument<string>("name") { Description = "A name to know it by." };
        var address = new Option<string?>("--address") { Description = "E-mail address." };
        var server = new Option<string?>("--server") { Description = "Address of the Matrix server." };
        var room = new Option<string?>("--room") { Description = "Room of Matrix, such as !abc:example.org." };
        var events = new Option<string[]>("--event") { Description = "A kind of notice that it carries; several times for several. The usual ones without it." };
        var add = new Command("add", "Add a channel. The address of a Slack, Discord or generic webhook, or the token of Matrix, is read from the first line of standard input. "
            + "To an e-mail address a message with a link goes at once, and nothing else before the address is confirmed with it.")
        {
            kind, name, User, Project, address, server, room, events,
        };
        add.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var (owner, fault) = await OwnerAsync(run, parse, cancellationToken);
            if (owner is null)
                return run.Fail(fault!);
            var chosen = parse.GetValue(kind);
            var secret = chosen == ChannelKind.Email ? null : await StandardInput.ReadLineAsync(chosen == ChannelKind.Matrix ? "Access token: " : "Address: ", cancellationToken);
            var draft = new ChannelDraft
            {
                Kind = chosen,
                Name = parse.GetValue(name),
                Address = parse.GetValue(address),
                Url = chosen == ChannelKind.Matrix ? parse.GetValue(server) : secret,
                Room = parse.GetValue(room),
                Token = chosen == ChannelKind.Matrix ? secret : null,
                Events = parse.GetValue(events) is { Length: > 0 } given ? given : null,
            };
            var made = await run.Get<ChannelActions>().AddAsync(Actor.System, owner, draft, cancellationToken);
            if (!made.IsOk)
                return run.Fail(made.Error.Message);
            run.Say(made.Value.Id.ToString());
            if (made.Value.Note is { } note)
                run.Say(note);
            return made.Value.Key is { } key ? run.Say($"Signing key, shown this once: {key}") : 0;
        }));
        return add;
    }

    private static Command List()
    {
        var list = new Command("list", "List channels and how they are doing.") { User, Project };
        list.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var (owner, fault) = await OwnerAsync(run, parse, cancellationToken);
            if (owner is null)
                return run.Fail(fault!);
            foreach (var channel in await run.Get<ChannelQueries>().ListAsync(owner, cancellationToken))
            {
                var state = !channel.IsEnabled ? "off" : channel.Unconfirmed is { } unconfirmed ? Unconfirmed(unconfirmed) : channel.FailingSince is { } since ? $"failing since {since:u}: {channel.LastError}" : channel.DeliveredAt is { } at ? $"delivered {at:u}" : "not used yet";
                run.Say($"{channel.Id}  {channel.Kind,-8} {channel.Name,-24} {channel.Target,-36} {state}");
            }
            return 0;
        }));
        return list;
    }

    private static string Unconfirmed(UnconfirmedAddress address) => "not confirmed, "
        + (address.SentAt is { } sent ? $"link mailed {sent:u}, good until {address.ExpiresAt:u}" : address.Error is { } error ? $"no message went out: {error}" : "no message went out");

    private static Command SendConfirmation() => One("send-confirmation", "Send the message again that asks to confirm an e-mail address.", "Sent.",
        (run, owner, id, cancellationToken) => run.Get<EmailConfirmations>().SendAgainAsync(Actor.System, owner, id, cancellationToken));

    private static Command Confirm()
    {
        var code = new Argument<string>("code") { Description = "What stands after 'code=' in the link of the message." };
        var command = new Command("confirm", "Confirm an e-mail address with the code that was mailed to it.") { Id, code, User, Project };
        command.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var (owner, fault) = await OwnerAsync(run, parse, cancellationToken);
            return owner is null
                ? run.Fail(fault!)
                : run.Report(await run.Get<EmailConfirmations>().ConfirmAsync(Actor.System, owner, parse.GetValue(Id), parse.GetValue(code) ?? "", cancellationToken), "Confirmed.");
        }));
        return command;
    }

    private static Command Test() => One("test", "Send a test message.", "It got through.", (run, owner, id, cancellationToken) => run.Get<ChannelTest>().RunAsync(Actor.System, owner, id, cancellationToken));

    private static Command Remove() => One("remove", "Remove a channel.", "Removed.", (run, owner, id, cancellationToken) => run.Get<ChannelActions>().RemoveAsync(Actor.System, owner, id, cancellationToken));

    private static Command Switch(string verb, bool enabled) => One(verb, $"Switch a channel {verb}.", "Done.", async (run, owner, id, cancellationToken) =>
    {
        var changed = await run.Get<ChannelActions>().ChangeAsync(Actor.System, owner, id, new ChannelDraft { IsEnabled = enabled }, cancellationToken);
        return changed.IsOk ? Infrastructure.Releases.ActionResult.Done : changed.Error;
    });

    private static Command One(string verb, string description, string done, Func<CommandRun, ChannelOwner, Guid, CancellationToken, Task<Infrastructure.Releases.ActionResult>> act)
    {
        var command = new Command(verb, description) { Id, User, Project };
        command.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var (owner, fault) = await OwnerAsync(run, parse, cancellationToken);
            return owner is null ? run.Fail(fault!) : run.Report(await act(run, owner, parse.GetValue(Id), cancellationToken), done);
        }));
        return command;
    }

    private static async Task<(ChannelOwner? Owner, string? Fault)> OwnerAsync(CommandRun run, ParseResult parse, CancellationToken cancellationToken)
    {
        var (user, project) = (parse.GetValue(User), parse.GetValue(Project));
        if (user is null == project is null)
            return (null, "Say whose channel it is: --user NAME or --project NAME.");
        if (project is not null)
            return await run.Get<ProjectQueries>().FindAsync(project, cancellationToken) is { } found ? (new ChannelOwner.Project(found.Id, found.Name), null) : (null, $"There is no project {project}.");
        return await run.Get<AccountQueries>().FindByNameAsync(user!, cancellationToken) is { } account ? (new ChannelOwner.Person(account.Id, account.Name), null) : (null, $"There is no account {user}.");
    }
}
