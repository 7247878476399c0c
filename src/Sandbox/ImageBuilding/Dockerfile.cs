using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>One instruction of a Dockerfile.</summary>
/// <param name="Keyword">In capitals.</param>
/// <param name="Flags">Such as <c>from</c> of <c>COPY --from=build</c>.</param>
/// <param name="Text">What follows, continuation lines joined.</param>
internal sealed record DockerInstruction(string Keyword, IReadOnlyDictionary<string, string> Flags, string Text)
{
    public string[] Words => Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Takes a Dockerfile apart: comments, continuation lines, heredocs and flags. What the instructions mean is the build's matter.</summary>
internal static partial class Dockerfile
{
    public static IReadOnlyList<DockerInstruction> Read(string text)
    {
        var instructions = new List<DockerInstruction>();
        var lines = new Queue<string>(text.ReplaceLineEndings("\n").Split('\n'));
        while (lines.TryDequeue(out var line))
        {
            if (IsComment(line))
                continue;
            var whole = new StringBuilder(line.Trim());
            while (whole.Length > 0 && whole[^1] == '\\' && lines.TryDequeue(out var next))
            {
                if (IsComment(next))
                    continue;
                whole.Length--;
                whole.Append(next.Trim());
            }

            foreach (var end in Heredoc().Matches(whole.ToString()).Select(match => match.Groups["end"].Value).ToList())
            {
                while (lines.TryDequeue(out var inside) && inside.Trim() != end)
                    whole.Append('\n').Append(inside);
            }

            instructions.Add(Parse(whole.ToString()));
        }

        return instructions;
    }

    private static DockerInstruction Parse(string line)
    {
        var space = line.IndexOfAny([' ', '\t']);
        if (space < 0)
            throw new FormatException($"Dockerfile: '{line}' is no instruction.");
        var rest = line[space..].Trim();
        var flags = new Dictionary<string, string>();
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            var end = rest.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var found ? found : rest.Length;
            var pair = rest[2..end].Split('=', 2);
            flags[pair[0]] = pair.Length == 2 ? pair[1] : "true";
            rest = rest[end..].Trim();
        }

        return new DockerInstruction(line[..space].ToUpperInvariant(), flags, rest);
    }

    private static bool IsComment(string line) => line.TrimStart() is "" or ['#', ..];

    [GeneratedRegex("<<-?[\"']?(?<end>[A-Za-z_]+)[\"']?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heredoc();
}
