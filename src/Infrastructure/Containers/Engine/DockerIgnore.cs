using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>
/// The rules of a <c>.dockerignore</c> file: the last one that fits a path or a folder above it decides; <c>!</c> takes it in
/// again. <see href="https://docs.docker.com/build/concepts/context/#dockerignore-files"/>
/// </summary>
internal sealed class DockerIgnore
{
    private readonly IReadOnlyList<Rule> rules;

    private DockerIgnore(IReadOnlyList<Rule> rules) => this.rules = rules;

    public static DockerIgnore Parse(string text) => new([.. text.TrimStart('\uFEFF').Split('\n').Select(RuleOf).OfType<Rule>()]);

    /// <param name="path">Inside the folder, with <c>/</c> between the parts.</param>
    public bool IsIgnored(string path)
    {
        var parents = Parents(path).ToList();
        var ignored = false;
        foreach (var rule in rules)
        {
            // What would change nothing need not be asked.
            if (rule.TakesIn == ignored && parents.Any(rule.Pattern.IsMatch))
                ignored = !rule.TakesIn;
        }
        return ignored;
    }

    /// <summary>Whether an ignored folder may hold something that is taken in again.</summary>
    public bool MayHold(string folder) => rules.Any(rule => rule.TakesIn
        && (rule.Prefix.StartsWith(folder + "/", StringComparison.Ordinal) || folder.StartsWith(rule.Prefix, StringComparison.Ordinal)
            || (folder + "/").StartsWith(rule.Prefix, StringComparison.Ordinal)));

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
        yield return path;
    }

    private static Rule? RuleOf(string line)
    {
        // A comment begins at the very start of a line.
        if (line.StartsWith('#'))
            return null;
        var text = line.Trim();
        var takesIn = text.StartsWith('!');
        var pattern = Clean(takesIn ? text[1..].Trim() : text);
        if (pattern.Length == 0)
            return null;
        var wild = pattern.IndexOfAny(['*', '?', '[', '\\']);
        return new Rule(new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), takesIn, wild < 0 ? pattern : pattern[..wild]);
    }

    private static string Clean(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "." or ".."))
                parts.Add(part);
        }
        return string.Join('/', parts);
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder("\\A");
        for (var at = 0; at < pattern.Length; at++)
        {
            var c = pattern[at];
            switch (c)
            {
                case '*' when at + 1 < pattern.Length && pattern[at + 1] == '*':
                    at++;
                    // "**/" also stands for no folder at all.
                    if (at + 1 < pattern.Length && pattern[at + 1] == '/')
                    {
                        at++;
                        regex.Append("(?:.*/)?");
                    }
                    else
                    {
                        regex.Append(".*");
                    }
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', at + 1) is > 0 and var end && end > at + 1:
                    regex.Append('[').Append(pattern[(at + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)).Append(']');
                    at = end;
                    break;
                case '\\' when at + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++at].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }
        return regex.Append("\\z").ToString();
    }

    /// <param name="Prefix">What every path that fits begins with.</param>
    private sealed record Rule(Regex Pattern, bool TakesIn, string Prefix);
}
