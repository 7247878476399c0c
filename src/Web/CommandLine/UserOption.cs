using System.CommandLine;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary>In whose name a verb acts: what is decided is kept with a person, never with the machine's user.</summary>
internal static class UserOption
{
    private const string Name = "--user";

    public static Option<string> Create(string description) => new(Name) { Description = description, Required = true };

    /// <summary>The person, or null after saying that there is no such active account.</summary>
    public static async Task<Actor?> ReadAsync(CommandRun run, ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetValue<string>(Name)!;
        if (await run.Get<AccountQueries>().FindActorAsync(name, cancellationToken) is { } actor)
            return actor;
        run.Fail($"There is no active account {name}.");
        return null;
    }
}
