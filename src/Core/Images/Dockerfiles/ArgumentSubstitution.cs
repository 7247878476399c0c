using System.Text;

namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>
/// Replaces <c>$x</c>, <c>${x}</c>, <c>${x:-d}</c>, <c>${x:+d}</c> and <c>${x:?why}</c> (also without the colon) and takes quotes away, as
/// builders do (docs.docker.com/reference/dockerfile, "Environment replacement").
/// </summary>
internal sealed class ArgumentSubstitution(Func<string, string?> value, char escape)
{
    private const int DeepestNesting = 16;

    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Names that were asked for and have no value.</summary>
    public HashSet<string> Unset { get; } = [];

    public string Apply(string word) => Apply(word, 0);

    private string Apply(string word, int depth)
    {
        var result = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (quote == '\'')
            {
                if (c == '\'')
                    quote = '\0';
                else
                    result.Append(c);
            }
            else if (c == escape && i + 1 < word.Length)
                result.Append(word[++i]);
            else if (c == '"')
                quote = quote == '"' ? '\0' : '"';
            else if (c == '\'' && quote == '\0')
                quote = '\'';
            else if (c == '$')
                result.Append(Variable(word, ref i, depth));
            else
                result.Append(c);
        }
        return result.ToString();
    }

    // i stands on '$' and is left on the variable's last character.
    private string Variable(string word, ref int i, int depth)
    {
        if (i + 1 < word.Length && word[i + 1] == '{')
            return Braced(word, ref i, depth);
        var end = i + 1;
        while (end < word.Length && (char.IsAsciiLetterOrDigit(word[end]) || word[end] == '_'))
            end++;
        if (end == i + 1)
            return "$";
        var name = word[(i + 1)..end];
        i = end - 1;
        return Get(name) ?? "";
    }

    private string Braced(string word, ref int i, int depth)
    {
        var start = i + 2;
        var end = Closing(word, start);
        if (end < 0 || depth >= DeepestNesting)
        {
            _faults.Add(end < 0 ? $"'{word}' lacks a closing brace." : $"'{word}' is nested too deeply.");
            i = word.Length - 1;
            return "";
        }
        var inner = word[start..end];
        i = end;
        var length = inner.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_').Count();
        var (name, rest) = (inner[..length], inner[length..]);
        if (name.Length == 0)
        {
            _faults.Add($"'${{{inner}}}' names no argument.");
            return "";
        }
        return rest.Length == 0 ? Get(name) ?? "" : Modified(name, rest, depth);
    }

    private string Modified(string name, string rest, int depth)
    {
        var colon = rest[0] == ':';
        var sign = rest.Length > (colon ? 1 : 0) ? rest[colon ? 1 : 0] : '\0';
        if (sign is not ('-' or '+' or '?'))
        {
            _faults.Add($"'${{{name}{rest}}}' is of a form that is not read here.");
            return Get(name) ?? "";
        }
        var other = rest[(colon ? 2 : 1)..];
        var current = value(name);
        var isSet = colon ? !string.IsNullOrEmpty(current) : current is not null;
        if (sign == '?' && !isSet)
            _faults.Add($"{name} is not set: {(other.Length == 0 ? "it must be" : Apply(other, depth + 1))}.");
        return sign switch
        {
            '-' => isSet ? current! : Apply(other, depth + 1),
            '+' => isSet ? Apply(other, depth + 1) : "",
            _ => current ?? "",
        };
    }

    private string? Get(string name)
    {
        var found = value(name);
        if (found is null)
            Unset.Add(name);
        return found;
    }

    private static int Closing(string word, int from)
    {
        var depth = 1;
        for (var i = from; i < word.Length; i++)
        {
            depth += word[i] == '{' && word[i - 1] == '$' ? 1 : word[i] == '}' ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return -1;
    }
}
