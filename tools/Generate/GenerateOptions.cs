using System.Globalization;

namespace ReleaseDashboard.Generate;

/// <summary>How much is made, and where.</summary>
/// <param name="DataFolder">Folder of a SQLite installation; new or without entries.</param>
/// <param name="Postgres">A connection string, or null for SQLite.</param>
/// <param name="Releases">Releases, with their steps and attempts.</param>
/// <param name="Audit">Audit entries, in a right chain.</param>
/// <param name="Seed">The same seed makes the same.</param>
public sealed record GenerateOptions(string DataFolder, string? Postgres, int Releases, long Audit, int Projects, int People, int Seed)
{
    /// <summary>Null when something is not understood.</summary>
    public static GenerateOptions? Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at + 1 < arguments.Count; at += 2)
            values[arguments[at]] = arguments[at + 1];
        string[] known = ["--data", "--database", "--releases", "--audit", "--projects", "--people", "--seed"];
        if (arguments.Count % 2 != 0 || values.Keys.Except(known).Any() || !(values.ContainsKey("--data") || values.ContainsKey("--database")))
            return null;
        return new GenerateOptions(
            values.GetValueOrDefault("--data") ?? Path.Combine(Path.GetTempPath(), "generate"), values.GetValueOrDefault("--database"),
            (int)Number("--releases", 100_000), Number("--audit", 10_000_000), (int)Number("--projects", 40), (int)Number("--people", 60), (int)Number("--seed", 1));

        long Number(string name, long usual) => values.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : usual;
    }
}
