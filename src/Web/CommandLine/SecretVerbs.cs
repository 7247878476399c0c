using System.CommandLine;
using System.Globalization;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Web.CommandLine;

internal static class SecretVerbs
{
    private static readonly Argument<string> Project = new("project") { Description = "Short name of the project." };
    private static readonly Argument<string> Name = new("name") { Description = string.Join(", ", SecretName.All) };

    public static Command Create() => new("secret", "Manage secrets of projects.") { Set(), List(), Remove() };

    private static Command Set()
    {
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "When it ends to be valid, such as 2027-01-31." };
        var kinds = new Option<string[]>("--for") { Description = "A kind of step that gets it, such as pypi.upload or images.*; several times for several. Those that its name is meant for without it." };
        var keep = new Option<bool>("--keep-value") { Description = "Leave the stored value as it is; nothing is read." };
        var set = new Command("set", "Store a secret; the value is read from the first line of standard input.") { Project, Name, expires, kinds, keep };
        set.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<ProjectQueries>().FindAsync(parse.GetValue(Project)!, cancellationToken) is not { } found)
                return run.Fail($"There is no project {parse.GetValue(Project)}.");
            var name = parse.GetValue(Name)!;
            string? value = null;
            if (!parse.GetValue(keep))
            {
                value = await StandardInput.ReadLineAsync("Value: ", cancellationToken);
                if (value.Length == 0)
                    return run.Fail("Standard input holds no value.");
            }
            var entry = new SecretEntry(name, value, parse.GetValue(expires), parse.GetValue(kinds) ?? []);
            return run.Report(await run.Get<SecretActions>().StoreAsync(Actor.System, found.Id, entry, cancellationToken), $"Stored {name} of {found.Name}.");
        }));
        return set;
    }

    private static Command List()
    {
        var list = new Command("list", "List a project's secrets with their ends and last use, never their values.") { Project };
        list.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<ProjectQueries>().FindAsync(parse.GetValue(Project)!, cancellationToken) is not { } found)
                return run.Fail($"There is no project {parse.GetValue(Project)}.");
            foreach (var secret in await run.Get<SecretVault>().ListAsync(found.Id, cancellationToken))
                run.Say($"{secret.Name,-32} expires {Day(secret.ExpiresAt),-12} used {Day(secret.UsedAt),-12} stored by {secret.UpdatedBy} {Day(secret.UpdatedAt)}");
            return 0;
        }));
        return list;
    }

    private static Command Remove()
    {
        var remove = new Command("remove", "Remove a secret.") { Project, Name };
        remove.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            await run.Get<ProjectQueries>().FindAsync(parse.GetValue(Project)!, cancellationToken) is { } found
                ? run.Report(await run.Get<SecretActions>().RemoveAsync(Actor.System, found.Id, parse.GetValue(Name)!, cancellationToken), $"Removed {parse.GetValue(Name)} of {found.Name}.")
                : run.Fail($"There is no project {parse.GetValue(Project)}.")));
        return remove;
    }

    private static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never";
}
