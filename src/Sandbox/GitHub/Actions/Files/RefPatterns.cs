using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Files;

/// <summary>
/// GitHub's filter patterns: <c>*</c> within a part, <c>**</c> across, <c>?</c> and <c>+</c> after a character, <c>[...]</c>, and
/// <c>!</c> in front to take back what an earlier pattern took.
/// </summary>
internal static class RefPatterns
{
    public static bool Match(IReadOnlyList<string> patterns, string name)
    {
        var taken = false;
        foreach (var pattern in patterns)
        {
            var takesBack = pattern.StartsWith('!');
            if (Translate(takesBack ? pattern[1..] : pattern).IsMatch(name))
                taken = !takesBack;
        }

        return taken;
    }

    private static Regex Translate(string pattern)
    {
        var text = new StringBuilder("^");
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at..].StartsWith("**", StringComparison.Ordinal))
            {
                text.Append(".*");
                at++;
                continue;
            }

            text.Append(pattern[at] switch
            {
                '*' => "[^/]*",
                '?' or '+' or '[' or ']' or '-' => pattern[at].ToString(),
                var letter => Regex.Escape(letter.ToString()),
            });
        }

        return new Regex(text.Append('$').ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
