using System.Text.RegularExpressions;

namespace ReleaseDashboard.Web.Releases.Words;

/// <summary>Sentences with whole commit ids, for narrow places.</summary>
public static partial class ShortShas
{
    public static string In(string text) => Sha().Replace(text, commit => commit.Value[..7]);

    [GeneratedRegex("\\b[0-9a-f]{40}\\b")]
    private static partial Regex Sha();
}
