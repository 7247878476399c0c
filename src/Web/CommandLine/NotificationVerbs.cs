using System.CommandLine;
using System.Globalization;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.CommandLine;

internal static class NotificationVerbs
{
    private static readonly Option<string> User = new("--user") { Description = "Whose they are.", Required = true };

    public static Command Create()
    {
        var unread = new Option<bool>("--unread") { Description = "Only those that were not read." };
        var list = new Command("list", "List what a person was told, newest first.") { User, unread };
        list.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<AccountQueries>().FindByNameAsync(parse.GetValue(User)!, cancellationToken) is not { } account)
                return run.Fail($"There is no account {parse.GetValue(User)}.");
            foreach (var notice in await run.Get<Inbox>().ListAsync(account.Id, parse.GetValue(unread), Inbox.Most, cancellationToken))
                run.Say($"{notice.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}  {(notice.ReadAt is null ? "new " : "    ")} {notice.Title}  {notice.Path}");
            return 0;
        }));
        var read = new Command("read", "Mark everything as read.") { User };
        read.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            await run.Get<AccountQueries>().FindByNameAsync(parse.GetValue(User)!, cancellationToken) is { } account
                ? run.Say($"{await run.Get<Inbox>().ReadAsync(account.Id, null, cancellationToken)} marked as read.")
                : run.Fail($"There is no account {parse.GetValue(User)}.")));
        return new Command("notifications", "What people were told.") { list, read };
    }
}
