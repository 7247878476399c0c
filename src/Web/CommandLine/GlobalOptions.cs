using System.CommandLine;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary>The options that every verb takes, and the configuration arguments they stand for.</summary>
internal static class GlobalOptions
{
    private static readonly Option<string?> Data = new("--data") { Description = "Folder of the data: SQLite file, keys, workspaces.", Recursive = true };
    private static readonly Option<string?> Urls = new("--urls") { Description = "Addresses to listen on, such as http://127.0.0.1:5080.", Recursive = true };
    private static readonly Option<string?> Database = new("--database") { Description = "PostgreSQL connection string; SQLite without it. Better set by the environment, where other users do not see it.", Recursive = true };
    private static readonly Option<bool> Sandbox = new("--sandbox") { Description = "Work against the simulated services.", Recursive = true };
    private static readonly Option<string[]> Set = new("--set") { Description = "Any setting, as KEY=VALUE.", Recursive = true };

    public static void AddTo(RootCommand root)
    {
        Option[] all = [Data, Urls, Database, Sandbox, Set];
        foreach (var option in all)
            root.Options.Add(option);
    }

    /// <summary>The options as arguments of the configuration: <c>--Data=…</c>.</summary>
    public static IReadOnlyList<string> ToArguments(ParseResult parse) =>
    [
        .. Argument("Data", parse.GetValue(Data)),
        .. Argument("Urls", parse.GetValue(Urls)),
        .. Argument("Database", parse.GetValue(Database)),
        .. Argument("Sandbox:Enabled", parse.GetValue(Sandbox) ? "true" : null),
        .. (parse.GetValue(Set) ?? []).Select(setting => "--" + setting),
    ];

    private static IEnumerable<string> Argument(string key, string? value) => value is null ? [] : [$"--{key}={value}"];
}
