using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>The comments at the very top that steer the reading: <c># escape=`</c>, <c># syntax=docker/dockerfile:1</c>.</summary>
/// <param name="Escape">What joins lines and takes a character's meaning away.</param>
/// <param name="Syntax">The image that reads the file for a builder, or null.</param>
internal sealed partial record ParserDirectives(char Escape, string? Syntax)
{
    public static ParserDirectives Read(IReadOnlyList<string> lines, List<DockerfileFault> faults)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < lines.Count && Directive().Match(lines[i]) is { Success: true } match; i++)
        {
            var name = match.Groups["name"].Value;
            // Any other word makes it an ordinary comment, and after a comment there are no directives.
            if (name.ToLowerInvariant() is not ("escape" or "syntax" or "check"))
                break;
            if (!found.TryAdd(name, match.Groups["value"].Value))
                faults.Add(new DockerfileFault(i + 1, $"The directive '{name.ToLowerInvariant()}' is there twice."));
            else if (name.Equals("escape", StringComparison.OrdinalIgnoreCase) && found[name] is not ("\\" or "`"))
                faults.Add(new DockerfileFault(i + 1, $"The escape character is '\\' or '`', not '{found[name]}'."));
        }
        return new ParserDirectives(found.GetValueOrDefault("escape") == "`" ? '`' : '\\', found.GetValueOrDefault("syntax"));
    }

    [GeneratedRegex("^\\s*#\\s*(?<name>[a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(?<value>.+?)\\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Directive();
}
