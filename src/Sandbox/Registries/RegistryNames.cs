using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Names as the distribution specification has them; no other name becomes part of a path on disk.</summary>
internal static partial class RegistryNames
{
    private const int LongestRepository = 200; // an upload carries it in the name of its file

    public static bool IsRepository(string name) => name.Length <= LongestRepository && Repository().IsMatch(name);

    public static bool IsTag(string tag) => Tag().IsMatch(tag);

    [GeneratedRegex("^[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Repository();

    [GeneratedRegex("^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
