using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Files;

/// <summary>
/// Values of <c>${{ ... }}</c>: names such as <c>matrix.variant</c> or <c>inputs.tag</c>, quoted texts, <c>||</c>, <c>==</c> and
/// <c>!=</c>. What a name means is in the facts of a run; an unknown one is empty, as at GitHub.
/// </summary>
internal static partial class WorkflowExpressions
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> facts) =>
        Expression().Replace(text, match => Value(match.Groups["inside"].Value, facts));

    /// <summary>A job's condition apart from what became of the jobs before it.</summary>
    public static bool Holds(string? condition, IReadOnlyDictionary<string, string> facts)
    {
        if (condition is null)
            return true;
        var inside = condition.Trim();
        if (Expression().Match(inside) is { Success: true } match && match.Length == inside.Length)
            inside = match.Groups["inside"].Value;
        // These ask about the jobs before, which the run's progress knows.
        inside = Status().Replace(inside, "'true'");
        return inside.Split("&&").All(part => Value(part, facts) is not ("" or "false"));
    }

    // As in JavaScript: the first that is something, or else the last.
    private static string Value(string text, IReadOnlyDictionary<string, string> facts)
    {
        var values = text.Split("||").Select(part => Comparison(part.Trim(), facts)).ToList();
        return values.Find(value => value is not ("" or "false")) ?? values[^1];
    }

    private static string Comparison(string text, IReadOnlyDictionary<string, string> facts)
    {
        foreach (var (sign, wanted) in (ReadOnlySpan<(string, bool)>)[("==", true), ("!=", false)])
        {
            if (text.Split(sign, 2) is [var left, var right])
                return Term(left, facts).Equals(Term(right, facts), StringComparison.OrdinalIgnoreCase) == wanted ? "true" : "false";
        }

        return Term(text, facts);
    }

    private static string Term(string text, IReadOnlyDictionary<string, string> facts)
    {
        text = text.Trim();
        return text is ['\'', .. var quoted, '\''] ? quoted.Replace("''", "'", StringComparison.Ordinal)
            : text is "true" or "false" || (text.Length > 0 && char.IsAsciiDigit(text[0])) ? text
            : facts.GetValueOrDefault(text, "");
    }

    [GeneratedRegex(@"\$\{\{(?<inside>.*?)\}\}", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"!?(?:always|failure|success|cancelled)\(\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();
}
