using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>Names of Python projects, as PEP 503 and the core metadata specification have them.</summary>
public static partial class ProjectName
{
    /// <summary>The one spelling that addresses and comparisons use: lower case, runs of <c>-</c>, <c>_</c>, <c>.</c> are one dash.</summary>
    public static string Normalize(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    /// <summary>Whether an index takes a project of this name.</summary>
    public static bool IsValid(string name) => Valid().IsMatch(name);

    [GeneratedRegex("[-_.]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Valid();
}
